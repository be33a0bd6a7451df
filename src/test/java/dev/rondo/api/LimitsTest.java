package dev.rondo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Reading;
import dev.rondo.bus.Scanning;
import dev.rondo.config.HttpConfig;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.http.RawClient;
import dev.rondo.http.RawClient.Answer;
import dev.rondo.http.RawHttp2;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every queue is bounded: connections, requests, and the patience with both. */
class LimitsTest {
  private static final int LARGE_BYTES = 1 << 20;

  /** As many as a connection may have; that much does not fit into the eighth of the heap. */
  private static final int STREAMS = 100;

  private static final String GET = "GET /kv/k HTTP/1.1\r\nHost: rondo\r\n\r\n";

  @Test
  void one_connection_too_many_is_refused_and_one_less_is_served() {
    try (Server server = new Server(http(2, 30), 100)) {
      RawClient first = server.connect();
      RawClient second = server.connect();
      assertThat(first.send(GET).receive().status()).isEqualTo(404);
      assertThat(second.send(GET).receive().status()).isEqualTo(404);
      try (RawClient third = server.connect()) {
        Answer answer = third.send(GET).receive();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().getString("code")).isEqualTo("overloaded");
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(third.isClosed()).isTrue();
      }
      assertThat(first.send(GET).receive().status()).isEqualTo(404);
      first.close();
      await().until(() -> isServed(server));
      second.close();
    }
  }

  @Test
  void silent_surplus_connections_are_closed() {
    try (Server server = new Server(http(1, 30), 100);
        RawClient first = server.connect();
        RawClient second = server.connect()) {
      assertThat(second.isClosed()).isTrue();
      assertThat(first.send(GET).receive().status()).isEqualTo(404);
    }
  }

  @Test
  void one_request_too_many_is_told_to_come_back() {
    try (Server server = new Server(Server.HTTP, 2)) {
      Promise<Reading.Outcome> answer = Promise.promise();
      server.stubs.read = asked -> answer.future();
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        clients.add(server.connect().send(GET));
      }
      await().until(() -> server.stubs.reads.size() == 2);
      try (RawClient client = server.connect()) {
        Answer refused = client.send(GET).receive();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isEqualTo("1");
      }
      answer.complete(Reading.Outcome.Refused.OVERLOADED);
      clients.forEach(client -> assertThat(client.receive().status()).isEqualTo(503));
      server.stubs.reset();
      assertThat(server.get("/kv/k").statusCode()).isEqualTo(404);
      clients.forEach(RawClient::close);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/kv/k", "/kv?values=true"})
  void one_body_too_many_for_those_who_take_none_is_refused_and_nothing_is_said_about_it(
      String path) {
    HttpConfig http = new HttpConfig(0, 1, LARGE_BYTES, 100, 30, Server.ORIGIN);
    String get = GET.replace("/kv/k", path);
    try (Server server = new Server(http, 4096);
        RawClient client = server.connect()) {
      RawHttp2 taker = RawHttp2.open(server.port());
      hold(server, LARGE_BYTES);
      for (int i = 0; i < STREAMS; i++) {
        taker.request(2 * i + 1, RawHttp2.head("GET", path));
      }
      await().untilAsserted(() -> assertThat(client.send(get).receive().status()).isEqualTo(503));
      Answer refused = client.send(get).receive();
      assertThat(refused.json().getString("code")).isEqualTo("overloaded");
      assertThat(refused.headers()).doesNotContainKeys("etag", "content-disposition");
      hold(server, 1);
      assertThat(client.send(get).receive().status()).isEqualTo(200);
      taker.close();
      hold(server, LARGE_BYTES);
      await().untilAsserted(() -> assertThat(client.send(get).receive().status()).isEqualTo(200));
    }
  }

  /** Keys and listings find one value of so many bytes. */
  private static void hold(Server server, int bytes) {
    server.stubs.hold("text/plain", new byte[bytes]);
    StoredRecord record =
        StoredRecord.live(Key.of("k"), Stubs.VERSION, "", Bytes.wrap(new byte[bytes]));
    Scanning.Row row = Scanning.Row.of(Key.of("k"), record, true);
    server.stubs.scan =
        asked -> Future.succeededFuture(new Scanning.Outcome.Page(List.of(row), null));
  }

  @Test
  void clients_that_leave_make_room() {
    try (Server server = new Server(Server.HTTP, 1)) {
      server.stubs.read = asked -> Promise.<Reading.Outcome>promise().future();
      server.connect().send(GET).close();
      await().until(() -> server.get("/health/live").statusCode() == 200);
    }
  }

  @Test
  void a_connection_that_rests_too_long_is_closed() {
    try (Server server = new Server(http(10, 1), 100);
        RawClient silent = server.connect();
        RawClient slow = server.connect();
        RawClient served = server.connect()) {
      slow.send("GET /kv/k HTTP/1.1\r\nHost: ro");
      served.send(GET).receive();
      assertThat(silent.isClosed()).isTrue();
      assertThat(slow.isClosed()).isTrue();
      assertThat(served.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "TE, close", "keep-alive,Close", "TE\r\nConnection: x , close"})
  void a_connection_ends_behind_a_request_that_says_so(String options) {
    String head = "GET /kv/k HTTP/1.1\r\nHost: rondo\r\nConnection: %s\r\n\r\n";
    try (Server server = new Server(Server.HTTP, 100);
        RawClient client = server.connect()) {
      Answer answer = client.send(head.formatted("TE, closed")).receive();
      assertThat(answer.headers()).doesNotContainKey("connection");
      answer = client.send(head.formatted(options)).receive();
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void a_request_may_take_longer_than_a_connection_may_rest() {
    try (Server server = new Server(http(10, 1), 100);
        RawClient client = server.connect()) {
      server.stubs.read = asked -> Promise.<Reading.Outcome>promise().future();
      client.send("GET /kv/k?timeout=1500 HTTP/1.1\r\nHost: rondo\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(503);
    }
  }

  @Test
  void instances_share_the_port_and_the_limit() {
    HttpConfig http = new HttpConfig(0, 2, Server.VALUE_BYTES_MAX, 4, 30, Server.ORIGIN);
    try (Server server = new Server(http, 100)) {
      List<RawClient> clients = new ArrayList<>();
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        clients.add(server.connect());
        statuses.add(clients.get(i).send(GET).receive().status());
      }
      assertThat(statuses).containsExactly(404, 404, 404, 404, 503, 503);
      clients.forEach(RawClient::close);
    }
  }

  private static boolean isServed(Server server) {
    try (RawClient client = server.connect()) {
      return client.send(GET).receive().status() == 404;
    }
  }

  private static HttpConfig http(int connectionsMax, int idleSeconds) {
    return new HttpConfig(0, 1, Server.VALUE_BYTES_MAX, connectionsMax, idleSeconds, Server.ORIGIN);
  }
}
