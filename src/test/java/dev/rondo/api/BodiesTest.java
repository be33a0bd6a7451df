package dev.rondo.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Writing;
import dev.rondo.core.record.Bytes;
import dev.rondo.http.RawClient;
import dev.rondo.http.RawClient.Answer;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values on their way in: whole or not at all. */
class BodiesTest {
  private static final String PUT = "PUT /kv/k HTTP/1.1\r\nHost: rondo\r\n";
  private static Server server;

  @BeforeAll
  static void start() {
    server = new Server();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void reset() {
    server.stubs.reset();
  }

  @Test
  void a_value_in_one_piece_arrives_as_it_is() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(PUT + "Content-Length: 5\r\nContent-Type: text/x; a=b\r\n\r\nhello");
      assertThat(client.receive().status()).isEqualTo(200);
    }
    Writing.Content content = server.stubs.writes.take().content();
    assertThat(content.value().toUtf8()).isEqualTo("hello");
    assertThat(content.contentType()).isEqualTo("text/x; a=b");
  }

  @Test
  void a_value_in_many_pieces_arrives_as_it_is() throws Exception {
    byte[] value = new byte[Server.VALUE_BYTES_MAX];
    new Random(1).nextBytes(value);
    try (RawClient client = server.connect()) {
      client.send(PUT + "Content-Length: " + value.length + "\r\n\r\n").send(value);
      assertThat(client.receive().status()).isEqualTo(200);
    }
    assertThat(server.stubs.writes.take().content().value().toArray()).isEqualTo(value);
  }

  @Test
  void a_chunked_value_arrives_as_it_is() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(PUT + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
      client.send("A;ext=1\r\n0123456789\r\n0\r\nTrailer: ignored\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(200);
    }
    assertThat(server.stubs.writes.take().content().value().toUtf8()).isEqualTo("abc0123456789");
  }

  @Test
  void no_body_is_the_empty_value() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(PUT + "\r\n");
      assertThat(client.receive().status()).isEqualTo(200);
    }
    Writing.Content content = server.stubs.writes.take().content();
    assertThat(content.value().length()).isZero();
    assertThat(content.contentType()).isEmpty();
  }

  @Test
  void requests_in_a_row_share_a_connection() throws Exception {
    try (RawClient client = server.connect()) {
      for (int i = 0; i < 3; i++) {
        client.send(PUT + "Content-Length: 1\r\n\r\n" + i + PUT + "Content-Length: 1\r\n\r\nx");
      }
      for (int i = 0; i < 6; i++) {
        assertThat(client.receive().status()).isEqualTo(200);
      }
    }
    assertThat(server.stubs.writes.take().content().value().toUtf8()).isEqualTo("0");
    assertThat(server.stubs.writes.take().content().value().toUtf8()).isEqualTo("x");
  }

  @Test
  void a_client_that_waits_for_leave_gets_it() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(PUT + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(100);
      client.send("hello");
      assertThat(client.receive().status()).isEqualTo(200);
    }
    assertThat(server.stubs.writes.take().content().value().toUtf8()).isEqualTo("hello");
  }

  @Test
  void a_client_that_waits_for_leave_is_refused_at_once() {
    try (RawClient client = server.connect()) {
      client.send(PUT + "Content-Length: 9999999\r\nExpect: 100-continue\r\n\r\n");
      Answer answer = client.receive();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.header("connection")).isEqualTo("close");
    }
  }

  @Test
  void too_large_by_chunks_is_refused_as_soon_as_it_is_known() {
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    try (RawClient client = server.connect()) {
      client.send(PUT + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + chunk);
      assertThat(client.send(chunk).receive().status()).isEqualTo(413);
    }
    assertThat(server.stubs.writes).isEmpty();
  }

  @Test
  void who_sends_much_too_much_can_still_read_why_that_was_refused() {
    byte[] much = new byte[5_000_000];
    try (RawClient client = server.connect()) {
      client.send(PUT + "Content-Length: " + much.length + "\r\n\r\n").send(much);
      Answer answer = client.receive();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.json().getInteger("valueBytesMax")).isEqualTo(Server.VALUE_BYTES_MAX);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void a_small_refused_body_does_not_cost_the_connection() {
    try (RawClient client = server.connect()) {
      client.send("PUT /kv/ HTTP/1.1\r\nHost: rondo\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(client.receive().status()).isEqualTo(400);
      client.send(PUT + "Content-Length: 1\r\n\r\nx");
      assertThat(client.receive().status()).isEqualTo(200);
    }
  }

  @Test
  void a_body_that_stalls_times_out() {
    try (RawClient client = server.connect()) {
      client.send(PUT + "Content-Length: 5\r\n\r\nhel");
      Answer answer = client.receive();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.json().getString("code")).isEqualTo("request_timeout");
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(server.stubs.writes).isEmpty();
  }

  @Test
  void a_body_that_is_cut_off_is_not_stored() {
    try (RawClient client = server.connect()) {
      client.send(PUT + "Content-Length: 5\r\n\r\nhel");
    }
    try (RawClient client = server.connect()) {
      client.send(PUT + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    }
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(2))
        .until(() -> server.stubs.writes.isEmpty());
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void bodies_where_none_belong_are_thrown_away() {
    try (RawClient client = server.connect()) {
      client.send("GET /kv/k HTTP/1.1\r\nHost: rondo\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(client.receive().status()).isEqualTo(404);
      client.send("DELETE /kv/k HTTP/1.1\r\nHost: rondo\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(client.receive().status()).isEqualTo(200);
      assertThat(client.send(PUT + "\r\n").receive().status()).isEqualTo(200);
    }
  }

  @Test
  void a_form_is_a_value_like_any_other() throws Exception {
    server.send(
        server
            .request("/kv/k")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .PUT(HttpRequest.BodyPublishers.ofString("w=1&%zz")));
    assertThat(server.stubs.writes.take().content().value().toArray())
        .isEqualTo("w=1&%zz".getBytes(UTF_8));
  }

  @Test
  void a_read_returns_every_byte() {
    byte[] value = new byte[Server.VALUE_BYTES_MAX];
    new Random(2).nextBytes(value);
    server.stubs.hold("", value);
    try (RawClient client = server.connect()) {
      Answer answer = client.send("GET /kv/k HTTP/1.1\r\nHost: rondo\r\n\r\n").receive();
      assertThat(answer.body()).isEqualTo(Bytes.wrap(value));
    }
  }
}
