package dev.rondo.controller.gateway;

import static dev.rondo.controller.gateway.TestGateway.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.WorkerStatus;
import dev.rondo.http.RawClient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An answer of which nothing moves any more holds nobody's place for ever. */
class StalledTest {

  private static final int MEBIBYTE = 1 << 20;

  private final TestGateway gateway = new TestGateway(new PoolOptions(), 1);
  private final AtomicBoolean cutOff = new AtomicBoolean();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_client_that_takes_nothing_is_cut_off_and_so_is_its_worker() {
    gateway.worker(
        WorkerStatus.ONLINE,
        request -> {
          request.connection().closeHandler(closed -> cutOff.set(true));
          request.response().setChunked(true);
          for (int i = 0; i < 32; i++) {
            request.response().write(Buffer.buffer(new byte[MEBIBYTE]));
          }
        });
    try (RawClient raw = gateway.connect()) {
      raw.send(read());
      await().untilTrue(cutOff);
      await().untilAtomic(gateway.ended, count -> assertThat(count).isEqualTo(1));
    }
  }

  @Test
  void a_client_whose_worker_freezes_in_the_middle_of_an_answer_is_told() {
    gateway.worker(
        WorkerStatus.ONLINE, request -> request.response().setChunked(true).write("first"));
    try (RawClient raw = gateway.connect()) {
      raw.send(read()).receive();
      assertThatThrownBy(raw::drainChunks).hasCauseInstanceOf(IOException.class);
    }
  }
}
