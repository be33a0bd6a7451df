package dev.rondo.controller.web;

import static dev.rondo.http.RawHttp2.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.core.record.Bytes;
import dev.rondo.http.RawHttp2;
import dev.rondo.http.RawHttp2.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD is answered as GET, without the body, also where the server would let one through. */
class HeadTest {

  private static TestController controller;

  @BeforeAll
  static void start() {
    controller = new TestController();
    await().until(() -> controller.get("/cluster").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    controller.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, 200, text/html",
    "/cluster, 200, application/json",
    "/cluster/events, 200, application/json",
    "/metrics, 200, text/plain",
    "/nothing, 404, application/problem+json",
    "/kv/k, 503, application/problem+json"
  })
  void the_head_has_the_length_of_the_body_that_is_left_out(
      String path, int status, String mediaType) {
    try (RawHttp2 client = RawHttp2.open(controller.port())) {
      Answer answer = client.request(1, head("HEAD", path)).receive(1);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("content-type")).startsWith(mediaType);
      assertThat(answer.header("content-length")).isNotNull().isNotEqualTo("0");
      assertThat(answer.body()).isEqualTo(Bytes.EMPTY);
      assertThat(answer.reset()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/kv/a\tb", "/kv?prefix=\t"})
  void what_no_worker_can_be_asked_is_refused_here(String target) {
    try (RawHttp2 client = RawHttp2.open(controller.port())) {
      assertThat(client.request(1, head("GET", target)).receive(1).status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({"/", "/cluster/events"})
  void every_representation_has_a_head(String path) {
    try (RawHttp2 client = RawHttp2.open(controller.port())) {
      var asked = head("HEAD", path).add("accept", "application/x-ndjson");
      Answer answer = client.request(1, asked.add("accept-encoding", "br, gzip")).receive(1);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-length")).isNotNull();
      assertThat(answer.body()).isEqualTo(Bytes.EMPTY);
    }
  }
}
