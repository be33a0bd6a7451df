package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies that are not kept any longer. */
class ForgettingTest {

  private static final Holding.Answer NOTHING = new Holding.Answer.Nothing(false);

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

  private static Storing.Entry.Forget forget(String key, long millis) {
    return new Storing.Entry.Forget(Key.of(key), Sample.version(millis));
  }

  @Test
  void a_copy_is_removed_with_its_version_and_stays_away_after_a_restart() {
    node.store(Sample.put("alpha", 1, "a"), Sample.put("beta", 1, "b"));
    assertThat(node.store(forget("alpha", 1))).containsExactly(Storing.Result.Done.DURABLE);
    node.restart();
    assertThat(node.record("alpha")).isEqualTo(NOTHING);
    assertThat(node.version("alpha")).isEqualTo(NOTHING);
    assertThat(node.figures().keys()).isEqualTo(1);
  }

  @Test
  void another_version_stays() {
    node.store(Sample.put("alpha", 2, "a"));
    Storing.Result newer = new Storing.Result.Newer(Sample.version(2));
    assertThat(node.store(forget("alpha", 1), forget("alpha", 3))).containsExactly(newer, newer);
    assertThat(node.record("alpha")).isEqualTo(Sample.whole("alpha", 2, "a"));
    assertThat(node.figures().keys()).isEqualTo(1);
  }

  @Test
  void what_is_not_there_is_forgotten() {
    assertThat(node.store(forget("alpha", 1))).containsExactly(Storing.Result.Done.DURABLE);
    assertThat(node.figures().keys()).isZero();
  }

  @Test
  void deletions_are_forgotten_without_a_trace() {
    node.store(Sample.delete("alpha", 1));
    node.store(forget("alpha", 1));
    assertThat(node.version("alpha")).isEqualTo(NOTHING);
    assertThat(node.list("", Bytes.EMPTY, 10, true).items()).isEmpty();
    node.store(Sample.put("alpha", 2, "a"));
    assertThat(node.figures().keys()).isEqualTo(1);
  }

  @Test
  void within_one_batch_the_order_counts() {
    node.store(Sample.put("alpha", 1, "a"), forget("alpha", 1), Sample.put("beta", 1, "b"));
    assertThat(node.record("alpha")).isEqualTo(NOTHING);
    node.store(forget("beta", 1), Sample.put("beta", 1, "b"));
    assertThat(node.record("beta")).isEqualTo(Sample.whole("beta", 1, "b"));
    assertThat(node.store(Sample.put("beta", 2, "c"), forget("beta", 1)))
        .containsExactly(Storing.Result.Done.DURABLE, new Storing.Result.Newer(Sample.version(2)));
    assertThat(node.figures().keys()).isEqualTo(1);
  }

  @Test
  void a_copy_that_comes_again_is_kept_again() {
    node.store(Sample.put("alpha", 1, "a"));
    node.store(forget("alpha", 1));
    node.store(Sample.put("alpha", 1, "a"));
    assertThat(node.record("alpha")).isEqualTo(Sample.whole("alpha", 1, "a"));
  }

  @Test
  void what_was_forgotten_is_no_recent_change() {
    node.store(Sample.put("alpha", 1, "a"), Sample.put("beta", 1, "b"));
    node.store(forget("alpha", 1));
    node.store(Sample.put("gamma", 1, "c"), forget("gamma", 1));
    assertThat(node.figures().recent())
        .extracting(change -> change.key().toString())
        .containsExactly("beta");
  }
}
