package dev.rondo.controller.web;

import static dev.rondo.http.RawHttp2.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rondo.http.RawClient;
import dev.rondo.http.RawClient.Answer;
import dev.rondo.http.RawHttp2;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What opens no WebSocket is told why. */
class HandshakeTest {

  private static final String UPGRADE = "Connection: keep-alive, Upgrade;Upgrade: WebSocket;";
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==;";
  private static final String VERSION = "Sec-WebSocket-Version: 13;";

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

  @Test
  void a_handshake_as_it_should_be_opens_a_socket() {
    assertThat(ask("HTTP/1.1", "/eventbus/websocket", UPGRADE + KEY + VERSION).status())
        .isEqualTo(101);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 10;", "Transfer-Encoding: chunked;"})
  void a_handshake_has_no_body_that_could_be_waited_for(String body) {
    assertThat(ask("HTTP/1.1", "/eventbus/websocket", UPGRADE + KEY + VERSION + body).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://127.0.0.1"})
  void sockets_that_were_closed_take_no_place_among_the_requests(String host) {
    for (int i = 0; i < 1100; i++) {
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .until(
              () ->
                  ask("HTTP/1.1", host + "/eventbus/websocket", UPGRADE + KEY + VERSION).status()
                      == 101);
    }
    assertThat(controller.get("/cluster").statusCode()).isEqualTo(200);
  }

  @Test
  void whoever_sends_pings_and_takes_no_answer_is_cut_off() {
    byte[] ping = new byte[6 + 125];
    ping[0] = (byte) 0x89;
    ping[1] = (byte) (0x80 | 125);
    byte[] many = new byte[500 * ping.length];
    for (int i = 0; i < 500; i++) {
      System.arraycopy(ping, 0, many, i * ping.length, ping.length);
    }
    try (RawClient client = controller.connect()) {
      String lines = (UPGRADE + KEY + VERSION).replace(";", "\r\n");
      client.send("GET /eventbus/websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lines + "\r\n");
      assertThat(client.receive().status()).isEqualTo(101);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  client.send(many);
                }
              })
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''| upgrade_required | 426",
        "Upgrade: websocket;| upgrade_required | 426",
        "Connection: Upgrade;| upgrade_required | 426",
        UPGRADE + "| upgrade_required | 426",
        UPGRADE + KEY + "| upgrade_required | 426",
        UPGRADE + KEY + "Sec-WebSocket-Version: 8;| upgrade_required | 426",
        UPGRADE + KEY + "Sec-WebSocket-Version: x;| upgrade_required | 426",
        UPGRADE + VERSION + "| malformed_header | 400",
        UPGRADE + VERSION + "Sec-WebSocket-Key: short;| malformed_header | 400",
        UPGRADE + VERSION + KEY + KEY + "| malformed_header | 400"
      })
  void what_opens_no_socket_is_a_problem(String headers, String code, int status) {
    for (String path : new String[] {"/eventbus/websocket", "/eventbus/123/abc/websocket"}) {
      Answer answer = ask("HTTP/1.1", path, headers);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.json().getString("code")).isEqualTo(code);
      if (status == 426) {
        assertThat(answer.header("Upgrade")).isEqualTo("websocket");
        assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo("13");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/eventbus/websocket", "/eventbus/1/2/websocket", "/eventbus/info"})
  void other_methods_are_refused_in_words(String path) {
    try (RawClient client = controller.connect()) {
      Answer answer =
          client.send("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").receive();
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
      assertThat(answer.json().getString("code")).isEqualTo("method_not_allowed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void other_versions_of_http_open_none(String method) {
    assertThat(ask("HTTP/1.0", "/eventbus/websocket", UPGRADE + KEY + VERSION).status())
        .isEqualTo(400);
    try (RawHttp2 client = RawHttp2.open(controller.port())) {
      var answer = client.request(1, head(method, "/eventbus/websocket")).receive(1);
      assertThat(answer.status()).isEqualTo(400);
    }
  }

  private static Answer ask(String version, String path, String headers) {
    try (RawClient client = controller.connect()) {
      String lines = headers.replace(";", "\r\n");
      return client
          .send("GET " + path + " " + version + "\r\nHost: 127.0.0.1\r\n" + lines + "\r\n")
          .receive();
    }
  }
}
