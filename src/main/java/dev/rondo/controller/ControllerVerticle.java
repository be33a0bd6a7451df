package dev.rondo.controller;

import dev.rondo.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** The controller's HTTP side: as yet, whether it is up. */
public final class ControllerVerticle extends VerticleBase {

  private final NodeConfig config;

  public ControllerVerticle(NodeConfig config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer()
        .requestHandler(ControllerVerticle::answer)
        .listen(config.http().port(), config.host());
  }

  private static void answer(HttpServerRequest request) {
    boolean health =
        request.path().equals("/health/live") || request.path().equals("/health/ready");
    JsonObject body =
        health
            ? new JsonObject().put("status", "UP")
            : new JsonObject()
                .put("type", "about:blank")
                .put("title", "Not found")
                .put("status", 404)
                .put("detail", "There is nothing here yet; it comes with the dashboard.")
                .put("code", "not_found");
    request
        .response()
        .setStatusCode(health ? 200 : 404)
        .putHeader("Content-Type", health ? "application/json" : "application/problem+json")
        .end(body.encode());
  }
}
