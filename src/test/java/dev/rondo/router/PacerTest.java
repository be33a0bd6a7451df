package dev.rondo.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacerTest {

  private static final long LONG = 60_000;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    StubCluster.now(vertx.close());
  }

  /** A request that counts what it is told. */
  private static class Request implements Pacer.Waiting {
    final AtomicInteger hedges = new AtomicInteger();
    final AtomicInteger waits = new AtomicInteger();
    final AtomicInteger expiries = new AtomicInteger();
    volatile boolean answered;

    @Override
    public boolean isAnswered() {
      return answered;
    }

    @Override
    public boolean hedge(boolean mayAsk) {
      hedges.addAndGet(mayAsk ? 1 : 0);
      waits.addAndGet(mayAsk ? 0 : 1);
      return mayAsk;
    }

    @Override
    public void expire() {
      answered = true;
      expiries.incrementAndGet();
    }
  }

  @Test
  void a_silent_request_is_told_after_every_hedging_delay_and_once_at_its_deadline() {
    Request request = new Request();

    watch(new Pacer(vertx, 15), request, 300);

    await().until(() -> request.answered);
    assertThat(request.hedges.get()).isBetween(1, 20);
    assertThat(request.expiries).hasValue(1);
  }

  @Test
  void an_answered_request_is_left_in_peace() {
    Request answered = new Request();
    Request silent = new Request();
    answered.answered = true;
    Pacer pacer = new Pacer(vertx, 10);

    watch(pacer, answered, LONG);
    watch(pacer, silent, LONG);

    await().until(() -> silent.hedges.get() > 2);
    assertThat(answered.hedges).hasValue(0);
  }

  @Test
  void a_deadline_before_the_hedging_delay_is_kept_behind_requests_that_wait_longer() {
    Request patient = new Request();
    Request hurried = new Request();
    Pacer pacer = new Pacer(vertx, LONG);

    watch(pacer, patient, 2 * LONG);
    watch(pacer, hurried, 10);

    await().until(() -> hurried.answered);
    assertThat(hurried.hedges).hasValue(0);
    assertThat(patient.expiries).hasValue(0);
  }

  @Test
  void a_request_that_fails_costs_no_other_its_deadline() {
    Request failing =
        new Request() {
          @Override
          public boolean hedge(boolean mayAsk) {
            throw new IllegalStateException("as the test wants");
          }
        };
    Request other = new Request();
    Pacer pacer = new Pacer(vertx, 10);
    List<Throwable> bugs = new CopyOnWriteArrayList<>();
    vertx.exceptionHandler(bugs::add);

    watch(pacer, failing, 100);
    watch(pacer, other, 100);

    await().until(() -> other.answered && failing.answered);
    assertThat(bugs).isNotEmpty();
  }

  @Test
  void when_all_are_late_they_are_hedged_later_and_no_deadline_is_missed() {
    Pacer pacer = new Pacer(vertx, 20);
    slowDown(pacer);
    Request hurried = new Request();
    watch(pacer, hurried, 100);

    await().until(() -> hurried.answered);
    assertThat(hurried.hedges).hasValue(0);
  }

  @Test
  void a_delay_that_shrinks_does_so_for_those_who_wait_already() {
    Pacer pacer = new Pacer(vertx, 20);
    slowDown(pacer);
    Request silent = new Request();
    watch(pacer, silent, LONG);
    await()
        .until(
            () -> {
              for (int i = 0; i < 10; i++) {
                Request quick = new Request();
                quick.answered = true;
                watch(pacer, quick, LONG);
              }
              return pacer.hedgeMillis() == 20;
            });
    await().until(() -> silent.hedges.get() > 0);
  }

  /** Nobody gets an answer in time, and all get one in the end. */
  private void slowDown(Pacer pacer) {
    List<Request> late = new ArrayList<>();
    await()
        .until(
            () -> {
              Request next = new Request();
              late.add(next);
              watch(pacer, next, LONG);
              return pacer.hedgeMillis() == 160;
            });
    late.forEach(request -> request.answered = true);
  }

  @Test
  void requests_watched_from_inside_an_expiry_are_kept() {
    Pacer pacer = new Pacer(vertx, LONG);
    Request next = new Request();
    Request first =
        new Request() {
          @Override
          public void expire() {
            super.expire();
            pacer.watch(next, 10);
          }
        };

    List<Throwable> bugs = new CopyOnWriteArrayList<>();
    vertx.exceptionHandler(bugs::add);

    watch(pacer, first, 10);

    await().until(() -> next.answered);
    assertThat(bugs).isEmpty();
  }

  @Test
  void hedges_are_rationed_when_everything_is_slow() {
    Pacer pacer = new Pacer(vertx, 10);
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      requests.add(new Request());
    }

    vertx.runOnContext(start -> requests.forEach(request -> pacer.watch(request, 400)));

    await().until(() -> requests.stream().allMatch(request -> request.answered));
    assertThat(requests.stream().mapToInt(request -> request.hedges.get()).sum()).isEqualTo(320);
    assertThat(requests).allMatch(request -> request.hedges.get() + request.waits.get() > 0);
  }

  private void watch(Pacer pacer, Request request, long timeoutMillis) {
    vertx.runOnContext(start -> pacer.watch(request, timeoutMillis));
  }
}
