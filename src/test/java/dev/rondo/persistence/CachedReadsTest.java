package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Holding.Want;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Key;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CachedReadsTest {

  private int exchanges;
  private boolean failed;
  private final Set<Key> damaged = new HashSet<>();
  private final CachedReads reads =
      new CachedReads(
          new RecordCache(1 << 20),
          () -> exchanges,
          () -> failed,
          damaged::contains,
          new StorageMeters(new SimpleMeterRegistry()));

  @Test
  void what_was_stored_is_known() {
    store(Sample.put("a", 1, "one"));
    assertThat(record("a")).isEqualTo(Sample.whole("a", 1, "one"));
    assertThat(answer("a", Want.VERSION))
        .isEqualTo(new Holding.Answer.VersionOnly(Sample.version(1)));
    store(Sample.put("a", 2, "two"));
    assertThat(record("a")).isEqualTo(Sample.whole("a", 2, "two"));
    store(Sample.delete("a", 3));
    assertThat(record("a")).isEqualTo(new Holding.Answer.Whole(Sample.tombstone("a", 3)));
  }

  @Test
  void what_was_looked_up_is_known() {
    learn("a", Sample.whole("a", 1, "one"), reads.changes());
    assertThat(record("a")).isEqualTo(Sample.whole("a", 1, "one"));
  }

  @Test
  void what_was_not_stored_is_not_known() {
    StoreRequest request = request(Sample.put("a", 1, "one"));
    request.decide(0, new Storing.Result.Newer(Sample.version(2)));
    reads.stored(request);
    assertThat(record("a")).isNull();
  }

  @Test
  void a_look_up_that_may_have_seen_less_teaches_nothing() {
    long before = reads.changes();
    store(Sample.put("a", 2, "two"));
    forget("a", 2);
    learn("a", Sample.whole("a", 1, "one"), before);
    assertThat(record("a")).isNull();
    learn("b", Sample.whole("b", 1, "one"), before);
    assertThat(record("b")).isEqualTo(Sample.whole("b", 1, "one"));
  }

  @Test
  void what_was_looked_up_never_replaces_something_newer() {
    store(Sample.put("a", 2, "two"));
    learn("a", Sample.whole("a", 1, "one"), reads.changes());
    assertThat(record("a")).isEqualTo(Sample.whole("a", 2, "two"));
  }

  @Test
  void a_write_of_which_nobody_knows_whether_it_came_is_left_to_the_engine() {
    store(Sample.put("a", 1, "one"));
    StoreRequest request = request(Sample.put("a", 2, "two"));
    request.decide(0, Storing.Result.Done.DURABLE);
    request.doubt(new StorageFault("the storage failed while it wrote"));
    reads.stored(request);
    assertThat(record("a")).isNull();
  }

  @Test
  void another_engine_may_hold_less() {
    store(Sample.put("a", 1, "one"));
    long before = reads.changes();
    exchanges++;
    assertThat(record("a")).isNull();
    learn("b", Sample.whole("b", 1, "one"), before);
    assertThat(record("b")).isNull();
    learn("b", Sample.whole("b", 1, "one"), reads.changes());
    assertThat(record("b")).isEqualTo(Sample.whole("b", 1, "one"));
  }

  @Test
  void a_copy_in_memory_does_not_vouch_for_one_on_the_disk() {
    store(Sample.put("a", 1, "one"));
    assertThat(answer("a", Want.INTACT)).isNull();
    damaged.add(Key.of("a"));
    assertThat(record("a")).isNull();
    assertThat(answer("a", Want.VERSION)).isNull();
    damaged.clear();
    failed = true;
    assertThat(record("a")).isNull();
  }

  @Test
  void the_engine_is_asked_for_what_is_not_known() {
    store(Sample.put("a", 1, "one"));
    assertThat(reads.answer(List.of(item("b", Want.RECORD), item("a", Want.RECORD))))
        .containsExactly(null, Sample.whole("a", 1, "one"));
  }

  @Test
  void a_version_that_was_looked_up_is_known_and_its_record_is_not() {
    Holding.Answer digest = new Holding.Answer.VersionOnly(Sample.version(1));
    learn("a", digest, reads.changes());
    assertThat(answer("a", Want.VERSION)).isEqualTo(digest);
    assertThat(record("a")).isNull();
    learn("a", Sample.whole("a", 1, "one"), reads.changes());
    assertThat(record("a")).isEqualTo(Sample.whole("a", 1, "one"));
    learn("a", digest, reads.changes());
    assertThat(record("a")).isEqualTo(Sample.whole("a", 1, "one"));
  }

  @Test
  void what_somebody_has_seen_is_not_answered_with_something_older() {
    store(Sample.put("a", 1, "one"));
    long before = reads.changes();
    store(Sample.put("a", 2, "two"));
    learn("a", new Holding.Answer.VersionOnly(Sample.version(3)), before);
    assertThat(answer("a", Want.VERSION)).isNull();
  }

  @Test
  void what_is_stored_last_is_what_is_there() {
    store(Sample.put("a", 2, "two"));
    store(Sample.put("a", 1, "one"));
    assertThat(record("a")).isEqualTo(Sample.whole("a", 1, "one"));
  }

  private void store(Storing.Entry entry) {
    StoreRequest request = request(entry);
    request.decide(0, Storing.Result.Done.DURABLE);
    reads.stored(request);
  }

  private void forget(String key, long millis) {
    store(new Storing.Entry.Forget(Key.of(key), Sample.version(millis)));
  }

  private static StoreRequest request(Storing.Entry entry) {
    return new StoreRequest(new Storing.Store(List.of(entry)));
  }

  private void learn(String key, Holding.Answer answer, long since) {
    reads.learn(List.of(new Holding.Item(Key.of(key), Want.RECORD)), List.of(answer), since);
  }

  private Holding.@Nullable Answer record(String key) {
    return answer(key, Want.RECORD);
  }

  private Holding.@Nullable Answer answer(String key, Want want) {
    return reads.answer(List.of(item(key, want)))[0];
  }

  private static Holding.Item item(String key, Want want) {
    return new Holding.Item(Key.of(key), want);
  }
}
