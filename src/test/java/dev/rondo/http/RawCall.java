package dev.rondo.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One gRPC call, made of whatever bytes and headers a test wants. */
public final class RawCall {

  private static final long PATIENCE_SECONDS = 20;

  private final int port;
  private final HttpVersion version;

  public RawCall(int port, HttpVersion version) {
    this.port = port;
    this.version = version;
  }

  /** What came back; {@code grpc} is -1 where the server does not answer as gRPC does. */
  public record Answer(int http, int grpc, String message, Buffer body) {}

  /** A message as it travels. */
  public static Buffer frame(int flag, byte[] message) {
    return Buffer.buffer().appendByte((byte) flag).appendInt(message.length).appendBytes(message);
  }

  /** Makes the call and waits for its end. */
  public Answer call(String path, Map<String, String> headers, Buffer body) {
    Vertx vertx = Vertx.vertx();
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
    try {
      return client
          .request(HttpMethod.POST, port, "127.0.0.1", path)
          .compose(
              request -> {
                headers.forEach(request::putHeader);
                return request.send(body);
              })
          .compose(RawCall::answer)
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static Future<Answer> answer(HttpClientResponse response) {
    return response
        .body()
        .map(
            body -> {
              MultiMap all = MultiMap.caseInsensitiveMultiMap().addAll(response.headers());
              all.addAll(response.trailers());
              String status = all.get("grpc-status");
              String message = all.get("grpc-message");
              return new Answer(
                  response.statusCode(),
                  status == null ? -1 : Integer.parseInt(status),
                  message == null ? "" : message,
                  body);
            });
  }
}
