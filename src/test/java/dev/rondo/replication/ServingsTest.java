package dev.rondo.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Holding;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.proto.Answer;
import dev.rondo.proto.Held;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A caller that asks for much gets it as fast as it takes it. */
class ServingsTest implements Servings.Tray {

  private static final int MEBIBYTE = 1 << 20;
  private static final Answer REFUSAL = WireAnswers.fault(0, "overloaded");

  private final List<Holding.Lookup> lookups = new ArrayList<>();
  private final List<Promise<Holding.Held>> read = new ArrayList<>();
  private final List<Promise<Answer>> coordinated = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private long ready;
  private boolean over;
  private long patienceMillis = 60_000;
  private Servings servings = servings();

  private Servings servings() {
    return new Servings(this, this::lookUp, patienceMillis);
  }

  private Future<Holding.Held> lookUp(Holding.Lookup lookup) {
    lookups.add(lookup);
    read.add(Promise.promise());
    return read.get(read.size() - 1).future();
  }

  @Override
  public void add(Answer answer) {
    answers.add(answer);
    ready += answer.getSerializedSize();
  }

  @Override
  public long readyBytes() {
    return ready;
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Test
  void small_records_are_looked_up_together_and_at_once() {
    wish(0, 200, Holding.Want.RECORD);
    finish(0, IntStream.range(0, 200).mapToObj(i -> whole(100)).toList());
    wish(200, 5_000, Holding.Want.RECORD);
    assertThat(lookups).hasSize(2);
    assertThat(lookups.get(1).items()).hasSize(5_000);
    assertThat(answers).hasSize(200);
  }

  @Test
  void large_records_wait_until_those_before_have_left() {
    wish(0, 1, Holding.Want.RECORD);
    finish(0, List.of(whole(MEBIBYTE)));
    wish(1, 100, Holding.Want.RECORD);
    int first = lookups.size();
    assertThat(first).isBetween(10, 16);
    for (int i = 1; i < first; i++) {
      finish(i, List.of(whole(MEBIBYTE)));
    }
    assertThat(lookups).hasSizeLessThan(18);
    assertThat(ready).isLessThan(17 * MEBIBYTE);
    ready = 0;
    servings.goOn();
    assertThat(lookups).hasSizeGreaterThan(first + 10);
  }

  @Test
  void versions_wait_for_no_record() {
    wish(0, 1, Holding.Want.RECORD);
    finish(0, List.of(whole(MEBIBYTE)));
    wish(1, 100, Holding.Want.RECORD);
    int before = lookups.size();
    wish(101, 3, Holding.Want.VERSION);
    assertThat(lookups.get(before).items()).hasSize(3);
  }

  @Test
  void what_was_too_much_at_once_is_read_later() {
    wish(0, 3, Holding.Want.RECORD);
    finish(0, List.of(whole(MEBIBYTE), overloaded(), overloaded()));
    assertThat(answers).hasSize(1);
    finish(1, List.of(whole(MEBIBYTE)));
    finish(2, List.of(whole(MEBIBYTE)));
    assertThat(answers).extracting(Answer::getId).containsExactly(0L, 1L, 2L);
  }

  @Test
  void a_storage_that_reads_nothing_is_overloaded() {
    wish(0, 2, Holding.Want.RECORD);
    finish(0, List.of(overloaded(), overloaded()));
    assertThat(answers)
        .extracting(answer -> answer.getHeld().getCode())
        .containsExactly(Held.Code.OVERLOADED, Held.Code.OVERLOADED);
  }

  @Test
  void reads_that_are_coordinated_here_wait_as_well() {
    for (int i = 0; i < 300; i++) {
      coordinate(i);
    }
    assertThat(coordinated).hasSize(16);
    coordinated.forEach(promise -> promise.complete(WireAnswers.held(1, whole(MEBIBYTE))));
    assertThat(coordinated).hasSizeLessThan(18);
    assertThat(ready).isLessThan(17 * MEBIBYTE);
  }

  @Test
  void what_piles_up_for_all_that_is_refused() {
    ready = 33 * MEBIBYTE;
    servings.read(1, () -> Future.succeededFuture(WireAnswers.held(1, whole(100))), REFUSAL);
    assertThat(answers).isEmpty();
    ready = 0;
    servings.goOn();
    assertThat(answers).hasSize(1);
    coordinate(2);
    ready = 33 * MEBIBYTE;
    coordinated.get(0).complete(WireAnswers.held(2, whole(MEBIBYTE)));
    assertThat(answers).endsWith(REFUSAL);
  }

  @Test
  void who_waits_too_long_hears_that_this_worker_is_overloaded() {
    patienceMillis = -1;
    servings = servings();
    coordinate(1);
    assertThat(coordinated).isEmpty();
    assertThat(answers).containsExactly(REFUSAL);
  }

  @Test
  void a_caller_that_has_gone_gets_nothing_more() {
    ready = 33 * MEBIBYTE;
    coordinate(1);
    over = true;
    ready = 0;
    servings.goOn();
    assertThat(coordinated).isEmpty();
  }

  private void coordinate(int id) {
    servings.read(
        id,
        () -> {
          coordinated.add(Promise.promise());
          return coordinated.get(coordinated.size() - 1).future();
        },
        REFUSAL);
  }

  private void wish(int from, int count, Holding.Want want) {
    servings.lookUp(
        IntStream.range(from, from + count)
            .mapToObj(i -> new Servings.Wish(i, new Holding.Item(Key.of("key" + i), want)))
            .toList());
  }

  private void finish(int lookup, List<Holding.Answer> held) {
    List<Holding.Answer> all = new ArrayList<>(held);
    read.get(lookup).complete(new Holding.Held(Collections.unmodifiableList(all)));
  }

  private static Holding.Answer overloaded() {
    return Holding.Answer.Overloaded.OVERLOADED;
  }

  private static Holding.Answer whole(int size) {
    return new Holding.Answer.Whole(
        StoredRecord.live(
            Key.of("key"), Fixture.version(0), "text/plain", Bytes.wrap(new byte[size])));
  }
}
