package dev.rondo.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.bus.Underway;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Large values take turns. */
@ExtendWith(VertxExtension.class)
class TurnsTest {

  private static final int LARGE = Patience.LARGE_BYTES;
  private static final long PATIENCE = 60_000;

  private final Underway waiting = new Underway(100);
  private final List<Integer> begun = new ArrayList<>();
  private final List<Promise<String>> writes = new ArrayList<>();
  private Context loop;
  private Turns turns;

  @BeforeEach
  void begin(Vertx vertx) {
    loop = vertx.getOrCreateContext();
    turns = onLoop(() -> new Turns(new Pacer(vertx, 50), 2 * LARGE, waiting));
  }

  @Test
  void as_many_as_fit_go_at_once_and_the_others_in_their_order() {
    List<Future<String>> answers = List.of(write(LARGE), write(LARGE), write(LARGE), write(LARGE));
    assertThat(begun()).containsExactly(0, 1);
    assertThat(waitingNow()).isEqualTo(2);

    end(1);
    assertThat(begun()).containsExactly(0, 1, 2);
    end(0);
    end(2);
    end(3);
    assertThat(begun()).containsExactly(0, 1, 2, 3);
    assertThat(answers).allSatisfy(answer -> assertThat(now(answer)).isEqualTo("stored"));
    assertThat(waitingNow()).isZero();
  }

  @Test
  void small_values_pass_the_queue() {
    write(2 * LARGE);
    write(LARGE);
    write(LARGE - 1);
    assertThat(begun()).containsExactly(0, 2);
  }

  @Test
  void one_that_is_larger_than_all_turns_goes_alone() {
    write(5 * LARGE);
    write(LARGE);
    assertThat(begun()).containsExactly(0);
    end(0);
    assertThat(begun()).containsExactly(0, 1);
  }

  @Test
  void who_waits_too_long_begins_nothing_and_stands_in_nobodys_way() {
    write(LARGE);
    Future<String> large = write(2 * LARGE, 50);
    Future<String> fits = write(LARGE);
    assertThat(begun()).containsExactly(0);

    assertThat(now(large)).isEqualTo("late");
    assertThat(begun()).containsExactly(0, 2);
    assertThat(waitingNow()).isZero();
    end(2);
    assertThat(now(fits)).isEqualTo("stored");
  }

  @Test
  void who_has_no_time_to_wait_is_late_unless_it_is_his_turn() {
    assertThat(write(2 * LARGE, 0).isComplete()).isFalse();
    assertThat(now(write(LARGE, 0))).isEqualTo("late");
    end(0);
    write(2 * LARGE, 0);
    assertThat(begun()).containsExactly(0, 2);
    assertThat(waitingNow()).isZero();
  }

  @Test
  void a_write_that_fails_gives_its_turn_back() {
    Future<String> thrown =
        onLoop(
            () ->
                turns.await(
                    2 * LARGE,
                    PATIENCE,
                    () -> {
                      throw new IllegalStateException("planted");
                    },
                    "late"));
    assertThatThrownBy(() -> now(thrown)).hasRootCauseMessage("planted");
    Future<String> failed = write(2 * LARGE);
    onLoop(() -> writes.get(0).tryFail("lost"));
    assertThatThrownBy(() -> now(failed)).hasRootCauseMessage("lost");
    write(2 * LARGE);
    assertThat(begun()).containsExactly(0, 1);
  }

  private Future<String> write(int bytes) {
    return write(bytes, PATIENCE);
  }

  private Future<String> write(int bytes, long millis) {
    return onLoop(
        () -> {
          int number = writes.size();
          Promise<String> write = Promise.promise();
          writes.add(write);
          return turns.await(
              bytes,
              millis,
              () -> {
                begun.add(number);
                return write.future();
              },
              "late");
        });
  }

  private void end(int number) {
    onLoop(() -> writes.get(number).tryComplete("stored"));
  }

  private List<Integer> begun() {
    return onLoop(() -> List.copyOf(begun));
  }

  private int waitingNow() {
    return onLoop(waiting::count);
  }

  private <T> T onLoop(Callable<T> what) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(
        turn -> {
          try {
            done.complete(what.call());
          } catch (Exception failure) {
            done.fail(failure);
          }
        });
    return now(done.future());
  }

  private static <T> T now(Future<T> future) {
    return StubCluster.now(future);
  }
}
