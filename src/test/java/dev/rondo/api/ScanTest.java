package dev.rondo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Scanning;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.http.RawClient;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cluster's keys over HTTP. */
class ScanTest {
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
  void a_page_tells_what_it_shows_and_where_the_next_one_starts() throws Exception {
    server.stubs.scan =
        asked -> Future.succeededFuture(page(List.of(row("a", "v", true)), Bytes.utf8("b?")));

    HttpResponse<String> first = server.get("/kv?prefix=a&end=z&limit=1&values=true");

    Scanning.Scan asked = server.stubs.scans.take();
    assertThat(asked.prefix().toUtf8()).isEqualTo("a");
    assertThat(asked.end().toUtf8()).isEqualTo("z");
    assertThat(asked.limit()).isEqualTo(1);
    assertThat(asked.values()).isTrue();
    JsonObject json = new JsonObject(first.body());
    assertThat(json.getJsonArray("items").getJsonObject(0).encode())
        .isEqualTo(
            "{\"key\":\"a\",\"version\":\""
                + Stubs.VERSION
                + "\",\"contentType\":\"text/plain\",\"size\":1,\"value\":\"dg==\"}");
    server.get("/kv?start=ignored&cursor=" + json.getString("next"));
    assertThat(server.stubs.scans.take().from().toUtf8()).isEqualTo("b?");
  }

  @Test
  void a_client_that_cannot_tell_the_end_of_a_stream_gets_a_page() {
    server.stubs.scan = asked -> Future.succeededFuture(page(List.of(row("a", "v", false)), null));
    try (RawClient client = server.connect()) {
      client.send("GET /kv HTTP/1.0\r\nAccept: application/x-ndjson\r\n\r\n");
      RawClient.Answer answer = client.receive();
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(answer.json().getJsonArray("items")).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/x-ndjson                       | true",
        "Application/X-NDJSON;q=0.9, text/plain     | true",
        "text/plain, application/x-ndjson           | true",
        "application/x-ndjson;q=0, application/json | false",
        "application/json;q=0.5, application/x-ndjson;q=0.500 | true",
        "application/json, application/x-ndjson;q=0.1         | false",
        "application/x-ndjson-not                   | false",
        "*/*                                        | false"
      })
  void a_stream_is_what_the_accept_headers_say(String accept, boolean stream) {
    server.stubs.scan = asked -> Future.succeededFuture(page(List.of(), null));
    var asked = server.request("/kv").header("Accept", "text/html").header("Accept", accept);
    var answer = server.send(asked).headers();
    assertThat(answer.firstValue("Content-Type"))
        .hasValue(stream ? "application/x-ndjson" : "application/json");
    assertThat(answer.allValues("Vary")).contains("accept");
  }

  @Test
  void a_stream_goes_on_from_page_to_page_to_the_end() throws Exception {
    server.stubs.scan =
        asked -> {
          int start = asked.from().length() == 0 ? 0 : Integer.parseInt(asked.from().toUtf8());
          List<Scanning.Row> rows =
              IntStream.range(start, start + 10)
                  .mapToObj(i -> row("%03d".formatted(i), "v", false))
                  .toList();
          int next = start + 10;
          return Future.succeededFuture(
              page(rows, next == 50 ? null : Bytes.utf8(Integer.toString(next))));
        };

    HttpResponse<String> stream =
        server.send(server.request("/kv").header("Accept", "application/x-ndjson"));

    assertThat(stream.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    assertThat(stream.body().lines().map(line -> new JsonObject(line).getString("key")))
        .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj("%03d"::formatted).toList());
  }

  @Test
  void a_stream_waits_for_workers_that_are_away_for_a_moment() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.stubs.scan =
        scan ->
            Future.succeededFuture(
                switch (asked.getAndIncrement()) {
                  case 0 -> page(List.of(row("a", "v", false)), Bytes.utf8("b"));
                  case 1 -> new Scanning.Outcome.QuorumUnavailable(2, 4);
                  default -> page(List.of(row("b", "v", false)), null);
                });

    HttpResponse<String> stream =
        server.send(server.request("/kv").header("Accept", "application/x-ndjson"));

    assertThat(stream.body().lines().map(line -> new JsonObject(line).getString("key")))
        .containsExactly("a", "b");
  }

  @Test
  void a_stream_asks_for_no_more_than_its_client_takes() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    String large = "v".repeat(100_000);
    server.stubs.scan =
        scan -> {
          int page = asked.incrementAndGet();
          return Future.succeededFuture(
              page(List.of(row("%05d".formatted(page), large, true)), Bytes.utf8("next")));
        };

    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(1 << 16);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      slow.getOutputStream()
          .write(
              "GET /kv?values=true HTTP/1.1\r\nHost: x\r\nAccept: application/x-ndjson\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      int before = settled(asked);
      slow.getInputStream().readNBytes(4_000_000);
      await().until(() -> asked.get() > before + 10);
    }
  }

  /** How many pages there are when it stays at that. */
  private static int settled(AtomicInteger asked) {
    int[] last = {-1, 0};
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              int now = asked.get();
              last[1] = now == last[0] ? last[1] + 1 : 0;
              last[0] = now;
              return now > 2 && last[1] == 4;
            });
    return last[0];
  }

  @Test
  void a_start_may_lie_right_behind_the_longest_key() throws Exception {
    String key = "k".repeat(1024);
    assertThat(server.get("/kv?start=" + key + "%00").statusCode()).isEqualTo(200);
    assertThat(server.stubs.scans.take().from().length()).isEqualTo(1025);
    assertThat(server.get("/kv?start=" + key + "%00%00").statusCode()).isEqualTo(422);
  }

  @Test
  void too_few_workers_are_told_as_such() {
    server.stubs.scan =
        asked -> Future.succeededFuture(new Scanning.Outcome.QuorumUnavailable(2, 4));

    HttpResponse<String> answer = server.get("/kv");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("quorum_unavailable");
  }

  @Test
  void impossible_parameters_are_refused_by_name() {
    assertThat(server.get("/kv?limit=0").statusCode()).isEqualTo(422);
    assertThat(server.get("/kv?limit=1001").body()).contains("1 to 1000");
    assertThat(server.get("/kv?limit=x").statusCode()).isEqualTo(400);
    assertThat(server.get("/kv?cursor=%25").statusCode()).isEqualTo(400);
    assertThat(server.get("/kv?prefix=%ff").statusCode()).isEqualTo(400);
    assertThat(server.get("/kv?begin=a").body()).contains("begin");
    assertThat(server.put("/kv", "v").statusCode()).isEqualTo(405);
  }

  private static Scanning.Outcome page(List<Scanning.Row> rows, @Nullable Bytes next) {
    return new Scanning.Outcome.Page(rows, next);
  }

  private static Scanning.Row row(String name, String value, boolean whole) {
    Key key = Key.of(name);
    return Scanning.Row.of(
        key, StoredRecord.live(key, Stubs.VERSION, "text/plain", Bytes.utf8(value)), whole);
  }
}
