package dev.rondo.api;

import dev.rondo.bus.StorageFigures.Health;
import dev.rondo.http.Answers;
import dev.rondo.http.Methods;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /health/live}: this process answers. {@code /health/ready}: this worker can do its part,
 * for it knows who it is and the ring, its storage is open and its peers can be spoken to.
 */
final class HealthRoutes {

  private final HealthChecks live;
  private final HealthChecks ready;
  private final long timeoutMillis;
  private final Answers answers;
  private final Methods methods;

  HealthRoutes(Vertx vertx, Views views, long timeoutMillis, Answers answers, Methods methods) {
    this.live = HealthChecks.create(vertx);
    this.ready = HealthChecks.create(vertx);
    this.timeoutMillis = timeoutMillis;
    this.answers = answers;
    this.methods = methods;
    check(live, "event-loop", () -> Future.succeededFuture(true));
    check(ready, "identified", () -> views.fitness().map(fitness -> fitness.identified()));
    check(ready, "storage", () -> views.storage().map(it -> it.health() != Health.FAILED));
    check(ready, "topology", () -> views.topology().map(true));
    check(ready, "grpc", () -> views.reachability().map(true));
  }

  void mount(Router router) {
    methods.view(router, "/health/live", request -> answer(request, live));
    methods.view(router, "/health/ready", request -> answer(request, ready));
  }

  private void check(HealthChecks checks, String name, Supplier<Future<Boolean>> check) {
    checks.register(
        name,
        timeoutMillis,
        promise ->
            check
                .get()
                .map(holds -> holds ? Status.OK() : Status.KO())
                .otherwise(Status.KO())
                .onComplete(promise));
  }

  private void answer(HttpServerRequest request, HealthChecks checks) {
    answers.when(
        request,
        checks.checkStatus(),
        result -> {
          request.response().setStatusCode(result.getUp() ? 200 : 503);
          answers.json(request, json(result));
        });
  }

  private static JsonObject json(CheckResult result) {
    JsonArray checks = new JsonArray();
    for (CheckResult check : Optional.ofNullable(result.getChecks()).orElse(List.of())) {
      checks.add(new JsonObject().put("id", check.getId()).put("status", status(check)));
    }
    return new JsonObject().put("status", status(result)).put("checks", checks);
  }

  private static String status(CheckResult result) {
    return result.getUp() ? "UP" : "DOWN";
  }
}
