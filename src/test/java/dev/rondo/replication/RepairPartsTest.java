package dev.rondo.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.record.Key;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The small parts that repairs are made of. */
class RepairPartsTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void bytes_take_as_long_as_the_pace_says() {
    Pace pace = new Pace(1_000, -5 * SECOND);
    assertThat(pace.spend(500, 0)).isEqualTo(500);
    assertThat(pace.spend(250, 0)).isEqualTo(750);
    assertThat(pace.spend(250, SECOND / 2)).isEqualTo(500);
  }

  @Test
  void time_without_work_is_not_saved_up() {
    Pace pace = new Pace(1_000, 0);
    assertThat(pace.spend(1_000, 60 * SECOND)).isEqualTo(1_000);
    assertThat(pace.spend(0, 61 * SECOND)).isZero();
  }

  @Test
  void a_look_that_is_a_little_late_is_no_pause() {
    PauseWatch watch = new PauseWatch(1_000, 5_000, 0);
    assertThat(watch.wasPaused(1_000)).isFalse();
    assertThat(watch.wasPaused(7_000)).isFalse();
    assertThat(watch.wasPaused(13_001)).isTrue();
    assertThat(watch.wasPaused(14_001)).isFalse();
  }

  @Test
  void portions_of_small_records_grow() {
    assertThat(portions(100, 1_000)).startsWith(1, 2, 4, 8, 16, 32);
  }

  @Test
  void no_two_large_records_travel_together() {
    assertThat(portions(3, 64 << 20)).containsExactly(1, 1, 1);
  }

  @Test
  void a_portion_that_was_too_much_is_followed_by_a_smaller_one() {
    Pace pace = new Pace(1L << 50, System.nanoTime());
    Portion portion =
        new Portion(new RepairTools(null, null, null, null, null, null, null, null, pace));
    List<Key> keys = IntStream.range(0, 100).mapToObj(i -> Key.of("key" + i)).toList();
    List<Integer> sizes = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      portion.each(
          keys,
          some -> {
            sizes.add(some.size());
            return some.size() < 8
                ? Future.succeededFuture((long) some.size())
                : Future.failedFuture("too much");
          });
    }
    assertThat(sizes).containsExactly(1, 2, 4, 8, 4, 8, 4, 8);
  }

  private static List<Integer> portions(int records, long bytesEach) {
    Pace pace = new Pace(1L << 50, System.nanoTime());
    RepairTools tools = new RepairTools(null, null, null, null, null, null, null, null, pace);
    List<Integer> sizes = new ArrayList<>();
    List<Key> keys = IntStream.range(0, records).mapToObj(i -> Key.of("key" + i)).toList();
    new Portion(tools)
        .each(
            keys,
            some -> {
              sizes.add(some.size());
              return Future.succeededFuture(some.size() * bytesEach);
            });
    return sizes;
  }

  @Test
  void any_number_of_steps_can_be_taken() {
    List<Integer> taken = new ArrayList<>();
    Future<Void> over =
        Steps.each(
            IntStream.range(0, 200_000).iterator(),
            i -> {
              taken.add(i);
              return Future.succeededFuture();
            });
    assertThat(over.succeeded()).isTrue();
    assertThat(taken).hasSize(200_000).isSorted();
  }

  @Test
  void the_next_step_waits_for_the_one_before() {
    List<Promise<Void>> begun = new ArrayList<>();
    Future<Void> over =
        Steps.each(
            List.of(1, 2).iterator(),
            i -> {
              begun.add(Promise.promise());
              return begun.get(begun.size() - 1).future();
            });
    assertThat(begun).hasSize(1);
    begun.get(0).complete();
    assertThat(begun).hasSize(2);
    assertThat(over.isComplete()).isFalse();
    begun.get(1).complete();
    assertThat(over.succeeded()).isTrue();
  }

  @Test
  void a_step_that_fails_or_throws_is_the_last() {
    List<Integer> taken = new ArrayList<>();
    Future<Void> failed =
        Steps.each(
            List.of(1, 2, 3).iterator(),
            i -> {
              taken.add(i);
              return i == 2 ? Future.failedFuture("no") : Future.succeededFuture();
            });
    assertThat(failed.cause()).hasMessage("no");
    assertThat(taken).containsExactly(1, 2);
    Future<Void> thrown =
        Steps.repeat(
            () -> {
              throw new IllegalStateException("bug");
            });
    assertThat(thrown.cause()).hasMessage("bug");
  }
}
