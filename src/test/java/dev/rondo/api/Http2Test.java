package dev.rondo.api;

import static dev.rondo.http.RawHttp2.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.record.Bytes;
import dev.rondo.http.RawClient;
import dev.rondo.http.RawHttp2;
import dev.rondo.http.RawHttp2.Answer;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HTTP/2 does what HTTP/1.1 does, and refuses what it refuses, without an end to the connection.
 */
class Http2Test {
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

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of("key of 1025 bytes", head("GET", "/kv/" + "k".repeat(1025)), 400),
        Arguments.of("malformed key", head("GET", "/kv/%ff"), 400),
        Arguments.of("impossible parameter", head("GET", "/kv/k?r=0"), 422),
        Arguments.of("long target", head("GET", "/kv/" + "k".repeat(9000)), 414),
        Arguments.of("space in the target", head("GET", "/kv/a b"), 400),
        Arguments.of("tab in the target", head("GET", "/kv/a\tb"), 400),
        Arguments.of("tab in the query", head("GET", "/kv?prefix=\t"), 400),
        Arguments.of("no slash", head("GET", "k"), 400),
        Arguments.of("star", head("GET", "*"), 400),
        Arguments.of("unknown path", head("GET", "/nothing"), 404),
        Arguments.of("unknown method", head("FETCH", "/kv/k"), 405),
        Arguments.of("POST", head("POST", "/kv/k"), 405),
        Arguments.of(
            "tunnel", new DefaultHttp2Headers(false).method("CONNECT").authority("host:80"), 400),
        Arguments.of("no authority", nameless(), 400),
        Arguments.of("strange expectation", head("PUT", "/kv/k").add("expect", "cake"), 417),
        Arguments.of("malformed tag", head("PUT", "/kv/k").add("if-match", "abc"), 400),
        Arguments.of(
            "foreign page", head("PUT", "/kv/k").add("origin", "http://evil.example"), 403),
        Arguments.of(
            "too large by length", head("PUT", "/kv/k").add("content-length", "200001"), 413),
        Arguments.of("huge headers", head("GET", "/kv/k").add("a", "b".repeat(17_000)), 431));
  }

  private static Http2Headers nameless() {
    return new DefaultHttp2Headers(false).method("GET").scheme("http").path("/kv/k");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void is_refused_for_what_it_is(String name, Http2Headers request, int status) {
    try (RawHttp2 client = RawHttp2.open(server.port())) {
      client.frame(
          RawHttp2.HEADERS,
          RawHttp2.END_HEADERS | (request.contains("content-length") ? 0 : 1),
          1,
          client.block(request));
      Answer answer = client.receive(1);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
      assertThat(answer.headers().contains("connection")).isFalse();
      assertThat(client.request(3, head("GET", "/health/live")).receive(3).status()).isEqualTo(200);
    }
    assertThat(server.stubs.writes).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void what_is_no_request_is_reset(Http2Headers request) {
    try (RawHttp2 client = RawHttp2.open(server.port())) {
      Answer answer = client.request(1, request).receive(1);
      assertThat(answer.status() == 0 || answer.status() == 400).as(answer.toString()).isTrue();
      assertThat(answer.reset()).isTrue();
      assertThat(client.request(3, head("GET", "/health/live")).receive(3).status()).isEqualTo(200);
    }
  }

  static Stream<Http2Headers> malformed() {
    return Stream.of(
        head("GET", "/kv/k").add("connection", "close"),
        head("GET", "/kv/k").add("transfer-encoding", "chunked"),
        head("GET", "/kv/k").add("A", "upper case"),
        head("GET", ""),
        head("GET", "/kv/k").add("a", "b\r\nc"),
        head("GET", "/kv/k").add("a", "b\u0000c"),
        head("GET", "/kv/a\r\nb"),
        head("GET", "/kv/k").add("host", "another"),
        head("GET", "/kv/k").add(":strange", "x"));
  }

  @Test
  void a_value_that_is_too_large_is_refused_while_it_comes() {
    try (RawHttp2 client = RawHttp2.open(server.port())) {
      client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, client.block(head("PUT", "/kv/k")));
      for (int i = 0; i < 13; i++) {
        client.frame(RawHttp2.DATA, 0, 1, new byte[16 << 10]);
      }
      assertThat(client.receive(1).status()).isEqualTo(413);
      assertThat(client.request(3, head("GET", "/health/live")).receive(3).status()).isEqualTo(200);
    }
    assertThat(server.stubs.writes).isEmpty();
  }

  @Test
  void a_value_that_does_not_come_ends_the_request_and_not_the_connection() {
    try (RawHttp2 client = RawHttp2.open(server.port())) {
      client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, client.block(head("PUT", "/kv/k")));
      client.frame(RawHttp2.DATA, 0, 1, new byte[10]);
      assertThat(client.receive(1).status()).isEqualTo(408);
      assertThat(client.request(3, head("GET", "/health/live")).receive(3).status()).isEqualTo(200);
    }
  }

  @Test
  void a_value_shorter_or_longer_than_its_length_is_never_stored() {
    for (int length : new int[] {5, 15}) {
      try (RawHttp2 client = RawHttp2.open(server.port())) {
        Http2Headers head = head("PUT", "/kv/k").add("content-length", Integer.toString(length));
        client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, client.block(head));
        client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[10]);
        assertThat(client.receive(1).reset()).isTrue();
      }
    }
    assertThat(server.stubs.writes).isEmpty();
  }

  @Test
  void a_request_that_is_given_up_leaves_the_others_alone() {
    try (RawHttp2 client = RawHttp2.open(server.port())) {
      client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, client.block(head("PUT", "/kv/k")));
      client.frame(RawHttp2.DATA, 0, 1, new byte[10]);
      client.frame(RawHttp2.RESET, 0, 1, new byte[] {0, 0, 0, 8});
      assertThat(client.request(3, head("GET", "/health/live")).receive(3).status()).isEqualTo(200);
    }
    assertThat(server.stubs.writes).isEmpty();
  }

  @Test
  void values_go_in_whole() throws Exception {
    byte[] value = new byte[150_000];
    Arrays.fill(value, (byte) 7);
    try (RawHttp2 client = RawHttp2.open(server.port())) {
      client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, client.block(head("PUT", "/kv/k")));
      for (int at = 0; at < value.length; at += 15_000) {
        byte[] piece = Arrays.copyOfRange(value, at, at + 15_000);
        client.frame(RawHttp2.DATA, at + 15_000 == value.length ? 1 : 0, 1, piece);
      }
      assertThat(client.receive(1).status()).isEqualTo(200);
    }
    assertThat(server.stubs.writes.take().content().value()).isEqualTo(Bytes.wrap(value));
  }

  /** Many clients end a value with a frame of nothing, or begin it with one. */
  @ParameterizedTest
  @CsvSource({
    "true, '5,0'",
    "true, '0,5'",
    "true, '0,5,0'",
    "true, '2,3'",
    "true, '2,0,3,0'",
    "true, '5'",
    "false, '5,0'",
    "false, '0,5'",
    "false, '0,0,5,0,0'",
    "false, '2,3,0'",
    "false, '5'",
    "true, '0'",
    "true, '0,0'",
    "false, '0'",
    "false, '0,0'"
  })
  void a_value_is_what_its_frames_hold(boolean announced, String frames) throws Exception {
    int[] sizes = Arrays.stream(frames.split(",")).mapToInt(Integer::parseInt).toArray();
    byte[] value =
        "hello".substring(0, Arrays.stream(sizes).sum()).getBytes(StandardCharsets.UTF_8);
    Http2Headers head = head("PUT", "/kv/k");
    if (announced) {
      head.add("content-length", Integer.toString(value.length));
    }
    try (RawHttp2 client = RawHttp2.open(server.port())) {
      client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, client.block(head));
      int at = 0;
      for (int i = 0; i < sizes.length; i++) {
        byte[] piece = Arrays.copyOfRange(value, at, at + sizes[i]);
        client.frame(RawHttp2.DATA, i == sizes.length - 1 ? RawHttp2.END_STREAM : 0, 1, piece);
        at += sizes[i];
      }
      assertThat(client.receive(1).status()).isEqualTo(200);
    }
    assertThat(server.stubs.writes.take().content().value()).isEqualTo(Bytes.wrap(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/kv/k", "/kv", "/nothing", "/node", "/metrics", "/health/live"})
  void a_question_for_the_head_gets_the_length_and_no_body(String path) {
    try (RawHttp2 client = RawHttp2.open(server.port())) {
      Answer whole = client.request(1, head("GET", path)).receive(1);
      Answer answer = client.request(3, head("HEAD", path)).receive(3);
      assertThat(answer.status()).isEqualTo(whole.status());
      assertThat(answer.body()).isEqualTo(Bytes.EMPTY);
      assertThat(answer.reset()).isFalse();
      assertThat(answer.header("content-type")).isEqualTo(whole.header("content-type"));
      assertThat(answer.header("content-length")).isNotNull().isNotEqualTo("0");
    }
  }

  @Test
  void an_offer_to_change_over_is_ignored() {
    try (RawClient client = server.connect()) {
      client.send(
          String.join(
              "\r\n",
              "GET /kv/k HTTP/1.1",
              "Host: rondo",
              "Connection: Upgrade, HTTP2-Settings",
              "Upgrade: h2c",
              "HTTP2-Settings: AAMAAABkAAQAAP__",
              "",
              ""));
      assertThat(client.receive().status()).isEqualTo(404);
      client.send(
          "PUT /kv/k HTTP/1.1\r\nHost: rondo\r\nUpgrade: h2c\r\nContent-Length: 1\r\n\r\nv");
      assertThat(client.receive().status()).isEqualTo(200);
    }
  }

  @Test
  void a_first_request_that_comes_byte_by_byte_is_understood() {
    try (RawClient client = server.connect()) {
      for (byte one :
          "PUT /kv/k HTTP/1.1\r\nHost: rondo\r\nContent-Length: 1\r\n\r\nv"
              .getBytes(StandardCharsets.US_ASCII)) {
        client.send(new byte[] {one});
      }
      assertThat(client.receive().status()).isEqualTo(200);
      client.send("PUT /kv/k HTTP/1.1\r\nHost: rondo\r\nContent-Length: 1\r\n\r\nv");
      assertThat(client.receive().status()).isEqualTo(200);
    }
  }

  @Test
  void what_only_begins_like_http_2_is_refused() {
    try (RawClient client = server.connect()) {
      client.send("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n");
      assertThat(client.isClosed()).isTrue();
    }
    try (RawClient client = server.connect()) {
      client.send("PRI * HTTP/2.0\r\nHost: rondo\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(505);
    }
    try (RawClient client = server.connect()) {
      assertThat(client.send("PRI /kv/k HTTP/1.1\r\nHost: rondo\r\n\r\n").receive().status())
          .isEqualTo(405);
    }
  }
}
