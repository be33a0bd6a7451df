package dev.rondo.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusTest {

  private static final Endpoint<String, String> PAGES = new Endpoint<>("test.pages");

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.of(vertx);
  private final BlockingQueue<BooleanSupplier> wanted = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void a_service_at_which_questions_wait_knows_who_has_given_up() throws Exception {
    serve(Promise.promise());
    Future<String> patient = bus.ask(PAGES, "patient", 60_000);
    Future<String> impatient = bus.ask(PAGES, "impatient", 1);
    await().until(impatient::failed);
    assertThat(wanted.take().getAsBoolean()).isTrue();
    assertThat(wanted.take().getAsBoolean()).isFalse();
    assertThat(patient.isComplete()).isFalse();
  }

  @Test
  void nobody_waits_for_an_answer_that_was_given() throws Exception {
    Promise<String> answer = Promise.promise();
    serve(answer);
    Future<String> asked = bus.ask(PAGES, "one", 60_000);
    BooleanSupplier isWanted = wanted.take();
    assertThat(isWanted.getAsBoolean()).isTrue();
    answer.complete("page");
    await().until(asked::succeeded);
    assertThat(isWanted.getAsBoolean()).isFalse();
  }

  private void serve(Promise<String> answer) {
    bus.serveInTurn(
        PAGES,
        (question, isWanted) -> {
          wanted.add(isWanted);
          return answer.future();
        });
  }
}
