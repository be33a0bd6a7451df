package dev.rondo.controller.gateway;

import static dev.rondo.controller.gateway.TestGateway.read;
import static dev.rondo.controller.gateway.TestGateway.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.WorkerStatus;
import dev.rondo.http.RawClient;
import dev.rondo.http.RawHttp2;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients do not wait until it is known that a worker hangs. */
class FailoverTest {

  /** One request at a time is under way to a worker, and one waits; there is no room for more. */
  private final TestGateway gateway =
      new TestGateway(new PoolOptions().setHttp1MaxSize(1).setMaxWaitQueueSize(1));

  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_worker_that_was_not_heard_lately_is_asked_behind_the_others() {
    gateway.worker(WorkerStatus.ONLINE, 2000, request -> request.response().end("silent"));
    gateway.worker(WorkerStatus.OFFLINE, request -> request.response().end("offline"));
    gateway.worker(WorkerStatus.RECOVERING, request -> request.response().end("heard"));
    for (int i = 0; i < 5; i++) {
      assertThat(gateway.send(read()).body().toUtf8()).isEqualTo("heard");
    }
  }

  @Test
  void a_worker_that_was_not_heard_lately_is_asked_before_one_that_is_gone() {
    gateway.worker(WorkerStatus.OFFLINE, request -> request.response().end("offline"));
    gateway.worker(WorkerStatus.ONLINE, 2000, request -> request.response().end("silent"));
    assertThat(gateway.send(read()).body().toUtf8()).isEqualTo("silent");
  }

  @Test
  void a_read_goes_on_to_the_next_worker_where_one_is_silent_and_is_cancelled_there() {
    hangs(WorkerStatus.ONLINE);
    gateway.worker(WorkerStatus.RECOVERING, request -> request.response().end("second"));
    long startedNanos = System.nanoTime();
    assertThat(gateway.send(read()).body().toUtf8()).isEqualTo("second");
    assertThat(since(startedNanos)).isLessThan(Duration.ofMillis(2500));
    await().untilAsserted(() -> assertThat(seen).containsExactly("/kv/k", "cancelled"));
  }

  @Test
  void the_last_worker_has_all_the_time_that_is_left() {
    hangs(WorkerStatus.ONLINE);
    gateway.worker(
        WorkerStatus.RECOVERING,
        request -> gateway.vertx.setTimer(1500, late -> request.response().end("late")));
    assertThat(gateway.send(read()).body().toUtf8()).isEqualTo("late");
  }

  @Test
  void a_listing_may_take_longer_to_begin() {
    gateway.worker(
        WorkerStatus.ONLINE,
        request -> gateway.vertx.setTimer(1000, late -> request.response().end("first")));
    gateway.worker(WorkerStatus.RECOVERING, request -> request.response().end("second"));
    assertThat(gateway.send(read().replace("/kv/k", "/kv")).body().toUtf8()).isEqualTo("first");
  }

  @Test
  void an_answer_that_has_begun_may_take_as_long_as_it_likes() {
    gateway.worker(
        WorkerStatus.ONLINE,
        request -> {
          request.response().setChunked(true).write("first");
          gateway.vertx.setTimer(1500, late -> request.response().end("last"));
        });
    gateway.worker(WorkerStatus.RECOVERING, request -> request.response().end("second"));
    try (RawClient raw = gateway.connect()) {
      raw.send(read().replace("/kv/k", "/kv?timeout=1")).receive();
      assertThat(raw.drainChunks()).isEqualTo("firstlast".length());
    }
  }

  @Test
  void all_attempts_together_have_the_time_that_the_client_gives() {
    for (int i = 0; i < 4; i++) {
      hangs(WorkerStatus.ONLINE);
    }
    long startedNanos = System.nanoTime();
    var answer = gateway.send(read().replace("/kv/k", "/kv/k?timeout=1000"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().getString("code")).isEqualTo("quorum_unavailable");
    assertThat(since(startedNanos)).isBetween(Duration.ofMillis(1900), Duration.ofMillis(3500));
  }

  @Test
  void a_write_that_a_silent_worker_may_have_goes_to_no_other_one() {
    hangs(WorkerStatus.ONLINE);
    gateway.worker(
        WorkerStatus.RECOVERING,
        request -> {
          seen.add("second");
          request.response().end();
        });
    var answer = gateway.send(write("v").replace("/kv/k", "/kv/k?timeout=1"));
    assertThat(answer.status()).isEqualTo(504);
    assertThat(seen).doesNotContain("second");
  }

  @Test
  void where_too_many_requests_wait_for_a_worker_the_next_one_is_asked() {
    hangs(WorkerStatus.ONLINE);
    gateway.worker(
        WorkerStatus.RECOVERING, request -> request.body().onSuccess(request.response()::end));
    try (RawClient first = gateway.connect();
        RawClient second = gateway.connect()) {
      first.send(write("1"));
      await().until(() -> seen.contains("/kv/k"));
      second.send(write("2"));
      await()
          .untilAsserted(() -> assertThat(gateway.send(write("3")).body().toUtf8()).isEqualTo("3"));
      // What waits was not sent either.
      assertThat(second.receive().body().toUtf8()).isEqualTo("2");
    }
  }

  @Test
  void where_too_many_requests_wait_for_all_workers_the_client_may_come_back() {
    hangs(WorkerStatus.ONLINE);
    try (RawClient first = gateway.connect();
        RawClient second = gateway.connect()) {
      first.send(write("1"));
      await().until(() -> seen.contains("/kv/k"));
      second.send(write("2"));
      assertThat(second.receive().status()).isEqualTo(503);
    }
  }

  @Test
  void a_read_that_announces_a_body_of_no_bytes_goes_on_to_the_next_worker_too() {
    hangs(WorkerStatus.ONLINE);
    gateway.worker(WorkerStatus.RECOVERING, request -> request.response().end("second"));
    String read = "GET /kv/k HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
    assertThat(gateway.send(read).body().toUtf8()).isEqualTo("second");
  }

  @Test
  void a_read_over_http2_goes_on_to_the_next_worker_too() {
    hangs(WorkerStatus.ONLINE);
    gateway.worker(WorkerStatus.RECOVERING, request -> request.response().end("second"));
    try (RawHttp2 client = gateway.connectHttp2()) {
      var answer = client.request(1, RawHttp2.head("GET", "/kv/k")).receive(1);
      assertThat(answer.body().toUtf8()).isEqualTo("second");
    }
  }

  @Test
  void a_read_over_http2_that_nobody_answers_is_refused() {
    hangs(WorkerStatus.ONLINE);
    hangs(WorkerStatus.ONLINE);
    try (RawHttp2 client = gateway.connectHttp2()) {
      var answer = client.request(1, RawHttp2.head("GET", "/kv/k?timeout=1")).receive(1);
      assertThat(answer.status()).isEqualTo(503);
    }
  }

  @Test
  void a_write_over_http2_that_a_worker_does_not_answer_may_have_been_applied() {
    hangs(WorkerStatus.ONLINE);
    try (RawHttp2 client = gateway.connectHttp2()) {
      byte[] head = client.block(RawHttp2.head("PUT", "/kv/k?timeout=1"));
      client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, head);
      client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[] {'v'});
      assertThat(client.receive(1).status()).isEqualTo(504);
    }
  }

  @Test
  void a_write_that_its_client_has_given_up_keeps_no_connection() {
    gateway.worker(
        WorkerStatus.ONLINE,
        request -> {
          seen.add(request.uri());
          request
              .body()
              .onSuccess(body -> gateway.vertx.setTimer(500, soon -> request.response().end(body)));
        });
    try (RawClient first = gateway.connect();
        RawHttp2 second = gateway.connectHttp2()) {
      first.send(write("1"));
      await().until(() -> seen.contains("/kv/k"));
      second.frame(
          RawHttp2.HEADERS,
          RawHttp2.END_HEADERS,
          1,
          second.block(RawHttp2.head("PUT", "/kv/given-up")));
      gateway.pass(200);
      second.frame(RawHttp2.RESET, 0, 1, new byte[] {0, 0, 0, 8});
      assertThat(first.receive().body().toUtf8()).isEqualTo("1");
      assertThat(gateway.send(write("3")).body().toUtf8()).isEqualTo("3");
    }
    assertThat(seen).doesNotContain("/kv/given-up");
  }

  @Test
  void nobody_hangs_where_there_are_no_workers() {
    assertThat(gateway.send(read()).status()).isEqualTo(503);
  }

  private void hangs(WorkerStatus status) {
    gateway.worker(
        status,
        request -> {
          seen.add(request.uri());
          request.connection().closeHandler(closed -> seen.add("cancelled"));
        });
  }

  private static Duration since(long startedNanos) {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }
}
