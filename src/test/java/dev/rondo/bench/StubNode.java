package dev.rondo.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** As much of a worker as a client sees. Several of them can share their values. */
final class StubNode {
  final AtomicLong requests = new AtomicLong();
  final AtomicLong connections = new AtomicLong();
  final Map<String, Buffer> values;
  final ConcurrentSkipListMap<String, String> held = new ConcurrentSkipListMap<>();

  /** Requests with these numbers, from 1, get a 503. */
  volatile Predicate<Long> refuses = number -> false;

  /** Everything waits so long before it is answered. */
  volatile long delayMillis;

  private final Vertx vertx;
  private final int id;
  private final HttpServer server;

  StubNode(Vertx vertx, int id, Map<String, Buffer> values) {
    this.vertx = vertx;
    this.id = id;
    this.values = values;
    this.server =
        vertx
            .createHttpServer()
            .connectionHandler(connection -> connections.incrementAndGet())
            .requestHandler(request -> request.body().onSuccess(body -> take(request, body)))
            .listen(0, "127.0.0.1")
            .await();
  }

  static StubNode alone(Vertx vertx) {
    return new StubNode(vertx, 0, new ConcurrentHashMap<>());
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  private void take(HttpServerRequest request, Buffer body) {
    long number = requests.incrementAndGet();
    if (delayMillis == 0) {
      answer(request, body, number);
    } else {
      vertx.setTimer(delayMillis, timer -> answer(request, body, number));
    }
  }

  private void answer(HttpServerRequest request, Buffer body, long number) {
    if (refuses.test(number)) {
      request
          .response()
          .setStatusCode(503)
          .end(new JsonObject().put("code", "quorum_unavailable").toBuffer());
    } else if (request.path().startsWith("/kv/")) {
      String key = URLDecoder.decode(request.path().substring(4), StandardCharsets.UTF_8);
      keyValue(request, key, body);
    } else if (request.path().equals("/node")) {
      request.response().end(new JsonObject().put("id", id).toBuffer());
    } else {
      request.response().end(page(request).toBuffer());
    }
  }

  private void keyValue(HttpServerRequest request, String key, Buffer body) {
    if (request.method().equals(HttpMethod.PUT)) {
      values.put(key, body);
      request.response().end();
    } else if (values.containsKey(key)) {
      request.response().end(values.get(key));
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  /** Pages of two, whatever was asked for, so that there is more than one. */
  private JsonObject page(HttpServerRequest request) {
    String cursor = request.getParam("cursor", "");
    List<String> keys = held.tailMap(cursor).keySet().stream().limit(3).toList();
    JsonArray items = new JsonArray();
    keys.stream()
        .limit(2)
        .forEach(key -> items.add(new JsonObject().put("key", key).put("version", held.get(key))));
    return new JsonObject().put("items", items).put("next", keys.size() > 2 ? keys.get(2) : null);
  }
}
