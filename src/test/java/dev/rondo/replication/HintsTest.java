package dev.rondo.replication;

import static dev.rondo.replication.Fixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Storing;
import dev.rondo.bus.WorkProgress;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HintsTest {
  private static final int COUNT = 600;

  private final Member[] members = Fixture.members(2);
  private final Topology topology = Fixture.topology(1, members);
  private final TestNode zero = new TestNode(0, topology);
  private final TestNode one = new TestNode(1, topology);

  @AfterEach
  void stop() {
    zero.close();
    one.close();
  }

  private static Key key(int i) {
    return Key.of("key" + i);
  }

  private void hints(int count) {
    IntStream.rangeClosed(1, count)
        .forEach(i -> zero.storage.hint(i, key(i), record(key(i), "value" + i)));
  }

  private List<Key> arrived() {
    return one.storage.entries.stream()
        .filter(entry -> entry instanceof Storing.Entry.Put)
        .map(entry -> ((Storing.Entry.Put) entry).key())
        .toList();
  }

  @Test
  void a_worker_that_comes_back_gets_its_hints_in_order() {
    hints(COUNT);
    zero.start();
    one.start();
    await().until(zero.storage.hints::isEmpty);
    assertThat(arrived())
        .isEqualTo(IntStream.rangeClosed(1, COUNT).mapToObj(HintsTest::key).toList());
    assertThat(zero.meters.get("rondo.peer.hints.delivered").counter().count()).isEqualTo(COUNT);
  }

  @Test
  void the_delivery_shows_how_far_it_has_come() {
    hints(COUNT);
    zero.start();
    one.start();
    await().until(() -> zero.work.stream().anyMatch(HintsTest::isOfHints));
    WorkProgress begun = zero.work.stream().filter(HintsTest::isOfHints).findFirst().orElseThrow();
    assertThat(begun.total()).isEqualTo(COUNT);
    await()
        .untilAsserted(
            () ->
                assertThat(zero.work)
                    .contains(
                        new WorkProgress(WorkProgress.Kind.HINTS, 1, COUNT, COUNT, "hints", true)));
  }

  private static boolean isOfHints(WorkProgress work) {
    return work.kind() == WorkProgress.Kind.HINTS;
  }

  @Test
  void hints_that_come_while_the_owner_is_there_are_delivered_soon() {
    zero.start();
    one.start();
    await().until(() -> zero.reaches(1));
    hints(3);
    await().until(zero.storage.hints::isEmpty);
    assertThat(arrived()).hasSize(3);
  }

  @Test
  void hints_that_cannot_be_deleted_are_not_delivered_again_at_once() {
    hints(1);
    zero.storage.result =
        refuses(Storing.Entry.Delivered.class::isInstance, Storing.Result.Refusal.DISK_FULL);
    zero.start();
    one.start();
    await().until(() -> !arrived().isEmpty());
    // A run that takes everything is followed by the next one after a second.
    await()
        .during(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(arrived()).hasSizeLessThan(5));
    assertThat(zero.meters.get("rondo.peer.hints.delivered").counter().count()).isZero();
    zero.storage.result = entry -> Storing.Result.Done.DURABLE;
    await().atMost(Duration.ofSeconds(35)).until(zero.storage.hints::isEmpty);
  }

  @Test
  void a_hint_that_the_owner_does_not_confirm_is_kept_and_sent_again() {
    hints(20);
    one.storage.result = refuses(isPutOf(key(7)::equals), Storing.Result.Refusal.OVERLOADED);
    zero.start();
    one.start();
    await().until(() -> arrived().contains(key(7)) && zero.storage.hints.size() <= 5);
    assertThat(zero.storage.hints).containsKey(7L);
    one.storage.result = entry -> Storing.Result.Done.DURABLE;
    await().atMost(Duration.ofSeconds(15)).until(zero.storage.hints::isEmpty);
  }

  @Test
  void hints_that_the_owner_refuses_do_not_hold_up_those_behind_them() {
    hints(COUNT);
    Set<Key> refused =
        IntStream.rangeClosed(1, 300).mapToObj(HintsTest::key).collect(Collectors.toSet());
    one.storage.result = refuses(isPutOf(refused::contains), Storing.Result.Refusal.CLOCK_DRIFT);
    zero.start();
    one.start();
    await().until(() -> zero.storage.hints.size() == 300);
    assertThat(zero.storage.hints).containsOnlyKeys(sequences(1, 300));
    assertThat(zero.meters.get("rondo.peer.hints.delivered").counter().count()).isEqualTo(300);
    one.storage.result = entry -> Storing.Result.Done.DURABLE;
    await().atMost(Duration.ofSeconds(15)).until(zero.storage.hints::isEmpty);
  }

  private static Predicate<Storing.Entry> isPutOf(Predicate<Key> keys) {
    return entry -> entry instanceof Storing.Entry.Put put && keys.test(put.key());
  }

  private static Function<Storing.Entry, Storing.Result> refuses(
      Predicate<Storing.Entry> entries, Storing.Result.Refusal refusal) {
    return entry -> entries.test(entry) ? refusal : Storing.Result.Done.DURABLE;
  }

  private static Long[] sequences(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toArray(Long[]::new);
  }

  @Test
  void an_owner_that_has_no_room_is_not_sent_more() {
    hints(COUNT);
    one.storage.result =
        refuses(Storing.Entry.Put.class::isInstance, Storing.Result.Refusal.DISK_FULL);
    zero.start();
    one.start();
    await().until(() -> Collections.frequency(arrived(), key(1)) == 2);
    assertThat(arrived()).doesNotContain(key(100));
    assertThat(zero.storage.hints).hasSize(COUNT);
  }

  @Test
  void an_owner_that_holds_something_newer_has_confirmed() {
    hints(1);
    one.storage.result =
        entry ->
            entry instanceof Storing.Entry.Put
                ? new Storing.Result.Newer(new Version(Long.MAX_VALUE, 1))
                : Storing.Result.Done.DURABLE;
    zero.start();
    one.start();
    await().until(zero.storage.hints::isEmpty);
  }

  @Test
  void nothing_is_deleted_before_the_owner_has_confirmed() {
    zero.start();
    one.start();
    await().until(() -> zero.reaches(1) && one.reaches(0));
    var opened = one.storage.hold();
    hints(5);
    await().until(() -> zero.meters.get("rondo.peer.outstanding").gauge().value() >= 5);
    assertThat(zero.storage.hints).hasSize(5);
    assertThat(zero.storage.entries)
        .noneMatch(e -> e instanceof Storing.Entry.Delivered to && !to.sequences().isEmpty());
    opened.complete();
    await().until(zero.storage.hints::isEmpty);
  }
}
