package dev.rondo.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class TurnsTest {

  private Context loop;
  private Turns turns;

  @BeforeEach
  void begin(Vertx vertx) {
    loop = vertx.getOrCreateContext();
    turns = new Turns(vertx, 2);
  }

  @Test
  void two_go_at_a_time_and_the_others_in_their_order() {
    List<Future<Turns.Turn>> reads = reads(4);
    assertThat(begun(reads)).containsExactly(true, true, false, false);
    end(reads.get(1));
    end(reads.get(1));
    assertThat(begun(reads)).containsExactly(true, true, true, false);
    end(reads.get(0));
    assertThat(begun(reads)).containsExactly(true, true, true, true);
  }

  @Test
  void behind_those_that_do_not_get_on_nobody_waits_for_long() {
    List<Future<Turns.Turn>> stuck = reads(2);
    for (int i = 0; i < 3; i++) {
      Future<Turns.Turn> read = onLoop(turns::next);
      end(Future.succeededFuture(read.await()));
    }
    assertThat(onLoop(turns::next).isComplete()).isFalse();
    end(stuck.get(0));
  }

  @Test
  void who_has_no_turn_takes_none_from_others() {
    onLoop(turns::none).await().end();
    assertThat(begun(reads(3))).containsExactly(true, true, false);
  }

  private List<Future<Turns.Turn>> reads(int count) {
    return onLoop(() -> IntStream.range(0, count).mapToObj(i -> turns.next()).toList());
  }

  private List<Boolean> begun(List<Future<Turns.Turn>> reads) {
    return onLoop(() -> reads.stream().map(Future::isComplete).toList());
  }

  private void end(Future<Turns.Turn> read) {
    onLoop(
        () -> {
          read.result().end();
          return true;
        });
  }

  private <T> T onLoop(Supplier<T> action) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(now -> done.complete(action.get()));
    return done.future().await();
  }
}
