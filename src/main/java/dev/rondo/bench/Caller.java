package dev.rondo.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One event loop's kept-alive connections to the targets. */
final class Caller {

  /** An answer with its body. */
  record Reply(Answer answer, Buffer body) {}

  private static final Buffer EMPTY = Buffer.buffer();

  private final HttpClient http;
  private final long timeoutMillis;

  /** Opens at most {@code connections} to each target. */
  Caller(Vertx vertx, int connections, Duration timeout) {
    this.timeoutMillis = timeout.toMillis();
    HttpClientOptions options =
        new HttpClientOptions().setConnectTimeout((int) timeoutMillis).setTcpNoDelay(true);
    this.http =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1))
            .withConnectHandler(Caller::leaveFaultsToRequests)
            .build();
  }

  /** Sends, and drops the body of a good answer; never fails. */
  Future<Answer> call(Target target, HttpMethod method, String uri, @Nullable Buffer body) {
    return send(target, method, uri, body).compose(Caller::judge).otherwise(Answer::none);
  }

  /** Sends, and keeps the body; never fails. */
  Future<Reply> fetch(Target target, HttpMethod method, String uri, @Nullable Buffer body) {
    return send(target, method, uri, body)
        .compose(
            response ->
                response
                    .body()
                    .map(bytes -> new Reply(Answer.of(response.statusCode(), bytes), bytes)))
        .otherwise(cause -> new Reply(Answer.none(cause), EMPTY));
  }

  private Future<HttpClientResponse> send(
      Target target, HttpMethod method, String uri, @Nullable Buffer body) {
    RequestOptions options =
        new RequestOptions()
            .setHost(target.host())
            .setPort(target.port())
            .setMethod(method)
            .setURI(uri)
            .setTimeout(timeoutMillis);
    return http.request(options)
        .compose(request -> body == null ? request.send() : request.send(body));
  }

  /** A connection that breaks fails its request, which is counted; otherwise it is logged too. */
  private static void leaveFaultsToRequests(HttpConnection connection) {
    connection.exceptionHandler(counted -> {});
  }

  private static Future<Answer> judge(HttpClientResponse response) {
    int status = response.statusCode();
    if (status < 400) {
      return response.end().map(Answer.of(status));
    }
    return response.body().map(body -> Answer.of(status, body));
  }
}
