package dev.rondo.router;

import static dev.rondo.router.StubCluster.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Scanning;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
  private static final Version VERSION = Version.of(10, 0, 1);
  private static final int DELETED = 5000;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_long_row_of_deleted_keys_is_crossed_in_few_steps(boolean values) {
    try (StubCluster cluster = StubCluster.seenBy(0).start()) {
      for (int i = 0; i < DELETED; i++) {
        hold(cluster, StoredRecord::tombstone, Key.of("%05d".formatted(i)));
      }
      Key last = Key.of("the last one");
      hold(cluster, (key, version) -> StubCluster.value(key, version, "v"), last);
      assertThat(page(cluster, Bytes.EMPTY, 1, values).rows())
          .singleElement()
          .satisfies(row -> assertThat(row.key()).isEqualTo(last));
      assertThat(cluster.worker(1).pages.get()).isLessThan(20);
    }
  }

  @Test
  void pages_have_no_more_keys_than_were_asked_for_and_leave_none_out() {
    try (StubCluster cluster = StubCluster.seenBy(0).start()) {
      List<Key> live = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        Key key = Key.of("%05d".formatted(i));
        if (i % 7 == 3 || i > 480) {
          live.add(key);
          hold(cluster, (it, version) -> StubCluster.value(it, version, "v"), key);
        } else {
          hold(cluster, StoredRecord::tombstone, key);
        }
      }
      List<Key> listed = new ArrayList<>();
      Bytes from = Bytes.EMPTY;
      while (from != null) {
        Scanning.Outcome.Page page = page(cluster, from, 3, false);
        assertThat(page.rows()).hasSizeLessThanOrEqualTo(3);
        page.rows().forEach(row -> listed.add(row.key()));
        from = page.next();
      }
      assertThat(listed).isEqualTo(live);
    }
  }

  private interface Content {
    StoredRecord of(Key key, Version version);
  }

  private static void hold(StubCluster cluster, Content content, Key key) {
    for (int worker = 0; worker < 4; worker++) {
      cluster.worker(worker).holds(key, content.of(key, VERSION));
    }
  }

  private static Scanning.Outcome.Page page(
      StubCluster cluster, Bytes from, int limit, boolean values) {
    Scanning.Scan scan =
        new Scanning.Scan(Bytes.EMPTY, from, Bytes.EMPTY, limit, values, 1 << 20, 30_000);
    return (Scanning.Outcome.Page) now(cluster.scan(scan));
  }
}
