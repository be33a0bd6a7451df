package dev.rondo.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gets to the gRPC server of an inner port. */
class InnerDoorTest {

  private static final String TYPE = "content-type";
  private static final String GRPC = "application/grpc";
  private static final String ENCODING = "grpc-encoding";

  private final Vertx vertx = Vertx.vertx();
  private int port;

  @BeforeEach
  void start() {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                new InnerDoor(
                    request -> request.response().end("inside " + request.getHeader(ENCODING))));
    port =
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join().actualPort();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private RawCall.Answer call(HttpVersion version, Map<String, String> headers) {
    return new RawCall(port, version).call("/any", headers, Buffer.buffer("body"));
  }

  @Test
  void protobuf_over_http_2_is_let_in_and_is_not_compressed() {
    assertThat(call(HttpVersion.HTTP_2, Map.of(TYPE, GRPC)).body()).hasToString("inside identity");
    assertThat(call(HttpVersion.HTTP_2, Map.of(TYPE, GRPC + "+proto", ENCODING, "identity")).body())
        .hasToString("inside identity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "snappy", ""})
  void compressed_messages_are_refused_before_they_are_unpacked(String encoding) {
    RawCall.Answer answer = call(HttpVersion.HTTP_2, Map.of(TYPE, GRPC, ENCODING, encoding));
    assertThat(answer.http()).isEqualTo(200);
    assertThat(answer.grpc()).isEqualTo(12);
    assertThat(answer.message()).isEqualTo("messages are not compressed here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/grpc+json",
        "application/grpc-web",
        "application/grpc-web-text",
        "application/json",
        "text/plain"
      })
  void other_media_types_are_refused(String mediaType) {
    assertThat(call(HttpVersion.HTTP_2, Map.of(TYPE, mediaType)).http()).isEqualTo(415);
    assertThat(call(HttpVersion.HTTP_1_1, Map.of(TYPE, mediaType)).http()).isEqualTo(415);
  }

  @Test
  void calls_that_a_page_in_a_browser_can_make_are_refused() {
    assertThat(call(HttpVersion.HTTP_1_1, Map.of(TYPE, GRPC)).http()).isEqualTo(415);
    assertThat(call(HttpVersion.HTTP_2, Map.of()).http()).isEqualTo(415);
  }
}
