package dev.rondo.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections of many clients on one event loop. They stay open, and are counted when the other
 * side closes them.
 */
final class Connections {

  /** An answer, with what its {@code Server-Timing} says. */
  record Reply(int status, String body, @Nullable String timing) {}

  private static final int CONNECTIONS_MAX = 1024;
  private static final long TIMEOUT_MILLIS = 10_000;

  /** Less than the nodes have, so that they never close what nobody uses. */
  private static final int IDLE_SECONDS = 60;

  private final AtomicInteger broken = new AtomicInteger();
  private final Map<HttpConnection, Long> used = new HashMap<>();
  private final List<HttpClient> byTurn;
  private volatile boolean closing;

  /** Each client speaks one of the versions, in turn. */
  Connections(Vertx vertx, List<HttpVersion> versions) {
    this.byTurn = versions.stream().map(version -> client(vertx, version)).toList();
  }

  private HttpClient client(Vertx vertx, HttpVersion version) {
    return vertx
        .httpClientBuilder()
        .with(
            new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setHttp2KeepAliveTimeout(IDLE_SECONDS))
        .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX))
        .withConnectHandler(this::watch)
        .build();
  }

  private void watch(HttpConnection connection) {
    use(connection);
    connection.closeHandler(closed -> ended(used.remove(connection)));
  }

  private void use(HttpConnection connection) {
    used.put(connection, System.nanoTime());
  }

  /** One that was not used for long was closed here. */
  private void ended(long lastUse) {
    if (!closing && System.nanoTime() - lastUse < TimeUnit.SECONDS.toNanos(IDLE_SECONDS)) {
      broken.incrementAndGet();
    }
  }

  /** How many were closed before {@link #close}. */
  int broken() {
    return broken.get();
  }

  /** One request of a client. */
  Future<Reply> send(int client, HttpMethod method, String url, Buffer body) {
    RequestOptions options =
        new RequestOptions().setMethod(method).setAbsoluteURI(url).setTimeout(TIMEOUT_MILLIS);
    return byTurn
        .get(client % byTurn.size())
        .request(options)
        .compose(request -> send(request, body))
        .compose(Connections::reply);
  }

  private Future<HttpClientResponse> send(HttpClientRequest request, Buffer body) {
    use(request.connection());
    return request.send(body);
  }

  private static Future<Reply> reply(HttpClientResponse response) {
    return response
        .body()
        .map(
            bytes ->
                new Reply(
                    response.statusCode(), bytes.toString(), response.getHeader("Server-Timing")));
  }

  void close() {
    closing = true;
    Future.all(byTurn.stream().map(HttpClient::close).toList()).await();
  }
}
