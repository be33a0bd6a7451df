package dev.rondo.router;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Two reads may expect a value at a time, and none begins above 100 bytes. */
@ExtendWith(VertxExtension.class)
class ReadTurnsTest {

  private static final long PATIENCE = 60_000;

  private final List<Integer> begun = new ArrayList<>();
  private int reads;
  private Context loop;
  private ReadTurns turns;

  @BeforeEach
  void begin(Vertx vertx) {
    loop = vertx.getOrCreateContext();
    turns = onLoop(() -> new ReadTurns(new Pacer(vertx, 50), 2, 100));
  }

  @Test
  void a_few_values_are_expected_at_a_time_and_the_others_come_in_their_order() {
    for (int i = 0; i < 4; i++) {
      read(PATIENCE);
    }
    assertThat(begun()).containsExactly(0, 1);
    arrives(10);
    assertThat(begun()).containsExactly(0, 1, 2);
    arrives(10);
    assertThat(begun()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void no_read_begins_while_too_much_is_held() {
    read(PATIENCE);
    arrives(101);
    read(PATIENCE);
    assertThat(begun()).containsExactly(0);
    onLoop(() -> held(-1));
    assertThat(begun()).containsExactly(0, 1);
  }

  @Test
  void who_waits_too_long_is_told_so_and_takes_no_turn() {
    read(PATIENCE);
    read(PATIENCE);
    Future<String> late = read(1);
    assertThat(late.await()).isEqualTo("late");
    read(PATIENCE);
    arrives(0);
    assertThat(begun()).containsExactly(0, 1, 3);
  }

  @Test
  void how_many_depends_on_how_large_values_may_be(Vertx vertx) {
    ReadTurns huge = onLoop(() -> ReadTurns.of(new Pacer(vertx, 50), 1 << 30, 1 << 28));
    turns = huge;
    for (int i = 0; i < 5; i++) {
      read(PATIENCE);
    }
    assertThat(begun()).containsExactly(0, 1, 2, 3);
  }

  private Future<String> read(long millis) {
    return onLoop(
        () -> {
          int read = reads++;
          return turns.await(
              millis,
              () -> {
                begun.add(read);
                return Promise.<String>promise().future();
              },
              () -> "late");
        });
  }

  private void arrives(int size) {
    onLoop(
        () -> {
          held(size);
          turns.arrived();
          return null;
        });
  }

  private Void held(int more) {
    turns.held(more);
    return null;
  }

  private List<Integer> begun() {
    return onLoop(() -> List.copyOf(begun));
  }

  private <T> T onLoop(Callable<T> action) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(
        now -> {
          try {
            done.complete(action.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return done.future().await();
  }
}
