package dev.rondo.persistence;

import static dev.rondo.bus.Storing.Result.Done.DURABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Hinting;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import dev.rondo.time.NodeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HintsTest {

  @TempDir Path data;
  private TestNode node;

  @BeforeEach
  void open() {
    node = TestNode.in(data);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void hints_wait_in_the_order_of_arrival() {
    node.store(Sample.hint(1, "b", 1, "first"), Sample.hint(2, "c", 1, "for another"));
    node.store(Sample.hint(1, "a", 2, "second"), Sample.hint(1, "b", 3, "third"));
    List<Hinting.Hint> hints = node.hints(1, 0, 10);
    assertThat(hints)
        .extracting(hint -> hint.record().value().toUtf8())
        .containsExactly("first", "second", "third");
    assertThat(hints).extracting(hint -> hint.key().toString()).containsExactly("b", "a", "b");
    assertThat(hints).extracting(Hinting.Hint::sequence).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_page_of_hints_starts_behind_a_sequence_and_ends_at_the_limit() {
    node.store(
        Sample.hint(1, "a", 1, "1"), Sample.hint(1, "a", 2, "2"), Sample.hint(1, "a", 3, "3"));
    long first = node.hints(1, 0, 1).get(0).sequence();
    assertThat(node.hints(1, first, 1))
        .extracting(Hinting.Hint::record)
        .containsExactly(Sample.record("a", 2, "2"));
  }

  @Test
  void a_hint_is_no_copy_of_ones_own() {
    node.store(Sample.hint(1, "a", 1, "one"));
    assertThat(node.record("a")).isInstanceOf(dev.rondo.bus.Holding.Answer.Nothing.class);
  }

  @Test
  void the_latest_hint_under_a_key_is_found_whoever_it_is_for() {
    assertThat(node.hinted("a")).isEqualTo(Version.NONE);
    node.store(Sample.hint(2, "a", 3, "latest"), Sample.hint(1, "a", 2, "later"));
    node.store(Sample.hint(1, "ab", 9, "longer"), Sample.hint(1, "b", 9, "another"));
    assertThat(node.hinted("a")).isEqualTo(Sample.record("a", 3, "latest").version());
    assertThat(node.hinted("aa")).isEqualTo(Version.NONE);
  }

  @Test
  void a_search_in_slices_finds_what_one_finds_that_is_not_interrupted() throws Exception {
    node.store(Sample.hint(2, "a", 3, "latest"), Sample.hint(1, "a", 2, "later"));
    node.store(Sample.hint(1, "ab", 9, "longer"), Sample.hint(3, "a", 1, "earlier"));
    node.close();
    try (Engine engine =
        Engine.open(node.storeFolder(), node.config.storage(), Engine.Mode.READ_ONLY)) {
      HintSearch search = new HintSearch(Key.of("a"), 0);
      int slices = 1;
      while (!search.in(engine)) {
        slices++;
      }
      assertThat(slices).isEqualTo(4);
      assertThat(search.found().latest()).isEqualTo(Sample.record("a", 3, "latest").version());
    }
  }

  @Test
  void delivered_hints_are_gone_also_after_a_restart() {
    node.store(Sample.hint(1, "a", 1, "one"), Sample.hint(1, "b", 1, "two"));
    long first = node.hints(1, 0, 1).get(0).sequence();
    node.store(new Storing.Entry.Delivered(1, List.of(first, first)));
    assertThat(node.figures().hints()).isEqualTo(Map.of(1, 1L));
    node.restart();
    assertThat(node.hints(1, 0, 10)).extracting(hint -> hint.key().toString()).containsExactly("b");
    assertThat(node.figures().hints()).isEqualTo(Map.of(1, 1L));
  }

  @Test
  void sequences_go_on_rising_after_a_restart() {
    node.store(Sample.hint(1, "a", 1, "one"));
    long before = node.hints(1, 0, 1).get(0).sequence();
    node.restart();
    node.store(Sample.hint(1, "b", 1, "two"));
    assertThat(node.hints(1, before, 10))
        .extracting(hint -> hint.key().toString())
        .containsExactly("b");
  }

  @Test
  void what_does_not_fit_is_refused_and_counted_and_fails_nothing_else() {
    restart(TestConfig.in(data).hints(3600, 150));
    assertThat(
            node.store(
                Sample.hint(1, "a", 1, "one"),
                Sample.hint(1, "b", 1, "two"),
                Sample.hint(1, "c", 1, "three"),
                Sample.put("d", 1, "four")))
        .containsExactly(DURABLE, DURABLE, Storing.Result.Refusal.HINTS_FULL, DURABLE);
    assertThat(node.figures().hintsDropped()).isEqualTo(1);
    assertThat(node.figures().hintBytes()).isBetween(1L, 150L);
  }

  @Test
  void room_is_counted_anew_after_a_restart() {
    node.store(Sample.hint(1, "a", 1, "one"));
    long bytes = node.figures().hintBytes();
    node.restart();
    assertThat(node.figures().hintBytes()).isEqualTo(bytes);
  }

  @Test
  void hints_past_the_window_are_dropped_and_counted() {
    node.store(Sample.hint(1, "a", 1, "old"), Sample.hint(2, "a", 1, "old"));
    node.clockMillis.addAndGet(3_000_000);
    node.store(Sample.hint(1, "b", 1, "young"));
    node.clockMillis.addAndGet(1_000_000);
    assertThat(node.hints(1, 0, 10)).extracting(hint -> hint.key().toString()).containsExactly("b");
    await()
        .untilAsserted(
            () -> {
              assertThat(node.figures().hints()).isEqualTo(Map.of(1, 1L));
              assertThat(node.figures().hintsDropped()).isEqualTo(2);
            });
  }

  @Test
  void a_wall_clock_that_leaps_makes_nothing_older() throws IOException {
    AtomicLong wall = new AtomicLong(1_700_000_000_000L);
    NodeClock time = new NodeClock(wall::get, () -> 0);
    Surroundings real = Surroundings.real(data, time);
    long before = real.clockMillis().getAsLong();
    wall.addAndGet(Duration.ofDays(1).toMillis());
    time.look();
    assertThat(real.clockMillis().getAsLong()).isEqualTo(before);
  }

  private void restart(TestConfig config) {
    node.close();
    node = new TestNode(config).start();
  }
}
