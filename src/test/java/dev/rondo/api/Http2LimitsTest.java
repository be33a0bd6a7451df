package dev.rondo.api;

import static dev.rondo.http.RawHttp2.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Reading;
import dev.rondo.config.HttpConfig;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import dev.rondo.http.RawClient;
import dev.rondo.http.RawHttp2;
import dev.rondo.http.RawHttp2.Answer;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection that may speak HTTP/2 is limited from its first moment, whatever it sends. */
class Http2LimitsTest {

  private static final byte[] NOTHING = new byte[0];

  @Test
  void one_connection_too_many_is_refused_and_one_less_is_served() {
    try (Server server = new Server(http(1, 30), 100);
        RawHttp2 first = RawHttp2.open(server.port())) {
      assertThat(first.request(1, head("GET", "/kv/k")).receive(1).status()).isEqualTo(404);
      try (RawHttp2 second = RawHttp2.open(server.port())) {
        Answer answer = second.request(1, head("GET", "/kv/k")).receive(1);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(second.isClosed()).isTrue();
      }
      assertThat(first.request(3, head("GET", "/kv/k")).receive(3).status()).isEqualTo(404);
    }
  }

  static Stream<byte[]> beginnings() {
    return Stream.of(
        NOTHING,
        "P".getBytes(StandardCharsets.US_ASCII),
        Arrays.copyOf(RawHttp2.PREFACE, 18),
        RawHttp2.PREFACE,
        "GET /kv/k HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void whoever_does_not_get_to_a_request_is_cut_off(byte[] beginning) {
    try (Server server = new Server(http(10, 1), 100);
        RawHttp2 client = new RawHttp2(server.port())) {
      assertThat(client.send(beginning).isClosed()).isTrue();
    }
  }

  @Test
  void pings_do_not_keep_a_connection_open() {
    try (Server server = new Server(http(10, 1), 100);
        RawHttp2 client = RawHttp2.open(server.port())) {
      assertThat(client.request(1, head("GET", "/kv/k")).receive(1).status()).isEqualTo(404);
      client.flood(100, RawHttp2.PING, 0, 0, new byte[8]);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void a_request_may_take_longer_than_a_connection_may_rest() {
    try (Server server = new Server(http(10, 1), 100);
        RawHttp2 client = RawHttp2.open(server.port())) {
      server.stubs.read = asked -> Promise.<Reading.Outcome>promise().future();
      assertThat(client.request(1, head("GET", "/kv/k?timeout=1500")).receive(1).status())
          .isEqualTo(503);
    }
  }

  @Test
  void a_request_that_was_given_up_is_over_once() {
    try (Server server = new Server(http(10, 1), 100);
        RawHttp2 client = RawHttp2.open(server.port())) {
      Promise<Reading.Outcome> late = Promise.promise();
      server.stubs.read = asked -> late.future();
      client.request(1, head("GET", "/kv/k"));
      await().until(() -> server.stubs.reads.size() == 1);
      client.frame(RawHttp2.RESET, 0, 1, new byte[] {0, 0, 0, 8});
      assertThat(client.request(3, head("GET", "/nothing")).receive(3).status()).isEqualTo(404);
      late.complete(found());

      // Served for longer than the connection may rest, which it does only afterwards.
      server.stubs.read = asked -> Promise.<Reading.Outcome>promise().future();
      assertThat(client.request(5, head("GET", "/kv/k?timeout=2500")).receive(5).status())
          .isEqualTo(503);
      assertThat(client.isClosed()).isTrue();
    }
  }

  private static Reading.Outcome found() {
    Bytes value = Bytes.utf8("v");
    return new Reading.Outcome.Found(
        StoredRecord.live(Key.of("k"), Version.of(10, 0, 1), "text/plain", value), 0);
  }

  @Test
  void silent_connections_beyond_all_limits_harm_nobody() {
    try (Server server = new Server(http(20, 30), 100);
        RawClient served = server.connect()) {
      List<RawHttp2> silent = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        silent.add(new RawHttp2(server.port()).send(Arrays.copyOf(RawHttp2.PREFACE, i % 25)));
      }
      served.send("GET /kv/k HTTP/1.1\r\nHost: rondo\r\n\r\n");
      assertThat(served.receive().status()).isEqualTo(404);
      // Of 1000 only those with a seat may stay.
      await().untilAsserted(() -> assertThat(silent.get(999).isClosed()).isTrue());
      assertThat(silent.get(500).isClosed()).isTrue();
      silent.forEach(RawHttp2::close);
      await().until(() -> isServed(server));
    }
  }

  @Test
  void requests_beyond_the_streams_of_a_connection_are_refused() {
    try (Server server = new Server(http(10, 30), 4096);
        RawHttp2 client = RawHttp2.open(server.port())) {
      Promise<Reading.Outcome> answer = Promise.promise();
      server.stubs.read = asked -> answer.future();
      for (int i = 0; i < 101; i++) {
        client.request(2 * i + 1, head("GET", "/kv/k"));
      }
      assertThat(client.receive(201).reset()).isTrue();
      answer.complete(Reading.Outcome.Refused.OVERLOADED);
      assertThat(client.receive(199).status()).isEqualTo(503);
    }
  }

  @Test
  void requests_whose_answers_nobody_takes_are_limited_over_all_connections() {
    byte[] noWindow = {0, 4, 0, 0, 0, 0};
    try (Server server = new Server(http(100, 30), 4096)) {
      List<RawHttp2> takers = new ArrayList<>();
      for (int i = 0; i < 21; i++) {
        RawHttp2 taker = new RawHttp2(server.port()).send(RawHttp2.PREFACE);
        takers.add(taker.frame(RawHttp2.SETTINGS, 0, 0, noWindow));
        byte[] block = taker.block(head("GET", "/kv/k"));
        for (int stream = 1; stream < 200; stream += 2) {
          taker.flood(1, RawHttp2.HEADERS, 5, stream, block);
        }
        int asked = Math.min(2048, 100 * (i + 1));
        await().until(() -> server.stubs.reads.size() >= asked);
      }
      await().untilAsserted(() -> assertThat(isTaken(server)).isFalse());
      assertThat(isServed(server)).isTrue();
      takers.forEach(RawHttp2::close);
      await().untilAsserted(() -> assertThat(isTaken(server)).isTrue());
    }
  }

  private static boolean isTaken(Server server) {
    try (RawHttp2 client = RawHttp2.open(server.port())) {
      return !client.request(1, head("GET", "/kv/k")).receive(1).reset();
    }
  }

  @Test
  void whoever_gives_up_requests_by_the_hundred_is_cut_off() {
    try (Server server = new Server();
        RawHttp2 client = RawHttp2.open(server.port())) {
      server.stubs.read = asked -> Promise.<Reading.Outcome>promise().future();
      byte[] block = client.block(head("GET", "/kv/k"));
      for (int i = 0; i < 300; i++) {
        client.flood(1, RawHttp2.HEADERS, 5, 2 * i + 1, block);
        client.flood(1, RawHttp2.RESET, 0, 2 * i + 1, new byte[] {0, 0, 0, 8});
      }
      assertThat(client.isClosed()).isTrue();
      server.stubs.reset();
      assertThat(isServed(server)).isTrue();
    }
  }

  @Test
  void a_bomb_of_headers_is_refused_and_a_larger_one_ends_the_connection() {
    try (Server server = new Server();
        RawHttp2 client = RawHttp2.open(server.port())) {
      // One header of 4000 bytes, put into the table, and then referred to by one byte each.
      byte[] first = client.block(head("GET", "/kv/k").add("x", "b".repeat(4000)));
      byte[] bomb = Arrays.copyOf(first, first.length + 12_000);
      Arrays.fill(bomb, first.length, bomb.length, (byte) (0x80 | 62));
      client.frame(
          RawHttp2.HEADERS, 5, 1, bomb.length > 16_384 ? Arrays.copyOf(bomb, 16_384) : bomb);
      boolean refused;
      try {
        refused = client.receive(1).status() == 431;
      } catch (IllegalStateException closed) {
        refused = true;
      }
      assertThat(refused).isTrue();
      assertThat(isServed(server)).isTrue();
    }
  }

  @Test
  void headers_without_an_end_end_the_connection() {
    try (Server server = new Server();
        RawHttp2 client = RawHttp2.open(server.port())) {
      client.flood(1, RawHttp2.HEADERS, 1, 1, client.block(head("GET", "/kv/k")));
      client.flood(2000, RawHttp2.CONTINUATION, 0, 1, NOTHING);
      assertThat(client.isClosed()).isTrue();
    }
    try (Server server = new Server();
        RawHttp2 client = RawHttp2.open(server.port())) {
      client.flood(1, RawHttp2.HEADERS, 1, 1, client.block(head("GET", "/kv/k")));
      client.flood(
          64, RawHttp2.CONTINUATION, 0, 1, client.block(head("GET", "/" + "k".repeat(9000))));
      assertThat(client.isClosed()).isTrue();
      assertThat(isServed(server)).isTrue();
    }
  }

  @Test
  void floods_of_empty_frames_end_the_connection() {
    try (Server server = new Server();
        RawHttp2 client = RawHttp2.open(server.port())) {
      client.flood(1, RawHttp2.HEADERS, 4, 1, client.block(head("PUT", "/kv/k")));
      client.flood(1000, RawHttp2.DATA, 0, 1, NOTHING);
      assertThat(client.isClosed()).isTrue();
      assertThat(isServed(server)).isTrue();
    }
  }

  @Test
  void floods_of_control_frames_end_the_connection_when_nobody_reads_the_answers() {
    try (Server server = new Server()) {
      for (int type : new int[] {RawHttp2.SETTINGS, RawHttp2.PING}) {
        try (RawHttp2 client = RawHttp2.open(server.port())) {
          byte[] payload = type == RawHttp2.PING ? new byte[8] : NOTHING;
          for (int i = 0; i < 50; i++) {
            client.flood(20_000, type, 0, 0, payload);
          }
          assertThat(client.isClosed()).isTrue();
        }
      }
      assertThat(isServed(server)).isTrue();
    }
  }

  @Test
  void priorities_change_nothing() {
    try (Server server = new Server();
        RawHttp2 client = RawHttp2.open(server.port())) {
      for (int i = 0; i < 2000; i++) {
        client.flood(1, RawHttp2.PRIORITY, 0, 2 * i + 1, new byte[] {0, 0, 0, 0, 16});
      }
      assertThat(client.request(4001, head("GET", "/kv/k")).receive(4001).status()).isEqualTo(404);
    }
  }

  private static boolean isServed(Server server) {
    try (RawClient client = server.connect()) {
      return client.send("GET /kv/k HTTP/1.1\r\nHost: rondo\r\n\r\n").receive().status() == 404;
    }
  }

  private static HttpConfig http(int connectionsMax, int idleSeconds) {
    return new HttpConfig(0, 1, Server.VALUE_BYTES_MAX, connectionsMax, idleSeconds, Server.ORIGIN);
  }
}
