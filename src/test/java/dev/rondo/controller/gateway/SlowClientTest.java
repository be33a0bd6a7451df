package dev.rondo.controller.gateway;

import static dev.rondo.controller.gateway.TestGateway.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.WorkerStatus;
import dev.rondo.http.RawClient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One connection to the worker, and a client that asks for much and takes nothing. */
class SlowClientTest {

  /** More than lies between two sockets, and more than half of what may lie in the gateway. */
  private static final int MUCH = 20 << 20;

  private static final String LARGE = "GET /kv/large HTTP/1.1\r\nHost: h\r\n\r\n";

  private final TestGateway gateway = new TestGateway(new PoolOptions().setHttp1MaxSize(1));
  private final AtomicInteger sent = new AtomicInteger();

  @BeforeEach
  void start() {
    gateway.worker(WorkerStatus.ONLINE, this::answer);
  }

  private void answer(HttpServerRequest request) {
    boolean large = request.path().endsWith("large");
    request
        .body()
        .compose(asked -> request.response().end(large ? Buffer.buffer(new byte[MUCH]) : small()))
        .onSuccess(taken -> sent.incrementAndGet());
  }

  private static Buffer small() {
    return Buffer.buffer("small");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void it_keeps_no_connection_to_the_worker_from_others() {
    try (RawClient slow = gateway.connect()) {
      slow.send(LARGE);
      await().untilAtomic(sent, count -> assertThat(count).isEqualTo(1));
      assertThat(gateway.send(read()).body().toUtf8()).isEqualTo("small");
    }
  }

  @Test
  void what_lies_in_the_gateway_is_limited_until_the_client_has_gone() {
    try (RawClient slow = gateway.connect()) {
      slow.send(LARGE);
      await().untilAtomic(sent, count -> assertThat(count).isEqualTo(1));
      RawClient.Answer refused = gateway.send(LARGE);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.json().getString("code")).isEqualTo("overloaded");
      assertThat(gateway.send(read()).status()).isEqualTo(200);
    }
    await().untilAsserted(() -> assertThat(gateway.send(LARGE).status()).isEqualTo(200));
  }

  @Test
  void a_slow_upload_keeps_no_connection_from_reads_and_listings() {
    try (RawClient upload = gateway.connect()) {
      upload.send("PUT /kv/k HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n1");
      assertThat(gateway.send(read()).status()).isEqualTo(200);
      assertThat(gateway.send("GET /kv HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(200);
    }
  }
}
