package dev.rondo.controller;

import dev.rondo.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks workers over HTTP how they are. No answer is an answer too: no. */
final class WorkerClient {
  private static final int TIMEOUT_MILLIS = 1000;

  private final HttpClient client;

  WorkerClient(Vertx vertx) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(TIMEOUT_MILLIS).setKeepAlive(false));
  }

  /** Whether the worker serves requests. */
  Future<Boolean> isReady(NodeConfig worker) {
    return get(
        worker, "/health/ready", answer -> Future.succeededFuture(answer.statusCode() == 200));
  }

  /** Whether this very worker of this cluster is at its address. */
  Future<Boolean> answers(NodeConfig worker) {
    return get(worker, "/node", answer -> answer.body().map(body -> isId(body, worker.id())));
  }

  private Future<Boolean> get(
      NodeConfig worker, String path, Function<HttpClientResponse, Future<Boolean>> judge) {
    return client
        .request(HttpMethod.GET, worker.http().port(), worker.host(), path)
        .compose(request -> request.send())
        .compose(judge)
        .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .otherwise(false);
  }

  private static boolean isId(Buffer body, int id) {
    Object json = Json.decodeValue(body);
    return json instanceof JsonObject node && Integer.valueOf(id).equals(node.getValue("id"));
  }
}
