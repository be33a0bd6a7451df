package dev.rondo.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** There is no room for any more answers, and each of these takes some. */
class AnswersTest {

  private final Vertx vertx = Vertx.vertx();
  private int port;

  @BeforeEach
  void listen() {
    Answers answers = new Answers(new Problems(new Leftovers(vertx, 1000)), new Outflow(0));
    JsonObject large = new JsonObject().put("text", "x".repeat(2000));
    port =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(request -> answers.attempt(request, () -> answers.json(request, large)))
            .listen()
            .await()
            .actualPort();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @ParameterizedTest
  @CsvSource({"GET, 503", "HEAD, 200", "POST, 200", "PATCH, 200"})
  void what_was_asked_is_refused_and_what_was_done_is_told(String method, int status) {
    try (RawClient client = new RawClient(port)) {
      client.send(method + " / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
      assertThat(client.receive(!method.equals("HEAD")).status()).isEqualTo(status);
    }
  }
}
