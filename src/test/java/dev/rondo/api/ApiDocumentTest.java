package dev.rondo.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.http.ApiContract;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker and what {@code openapi.json} says of workers. */
class ApiDocumentTest {
  private Server server;

  @BeforeEach
  void start() {
    server = new Server();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_worker_has_what_is_documented_and_nothing_else() {
    try (ApiContract contract = new ApiContract()) {
      contract.hold("worker", "http://127.0.0.1:" + server.port());
    }
  }

  @Test
  void the_document_is_there_for_programs_and_known_by_its_tag() {
    HttpResponse<String> first = server.get("/openapi.json");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(new JsonObject(first.body()).getString("openapi")).startsWith("3.1");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second =
        server.send(server.request("/openapi.json").header("If-None-Match", tag));
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(server.get("/openapi.json?v=3").statusCode()).isEqualTo(400);
  }
}
