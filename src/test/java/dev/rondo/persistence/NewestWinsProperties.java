package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Storing;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class NewestWinsProperties {

  private static final AtomicInteger keys = new AtomicInteger();
  private static Path data;
  private static TestNode node;

  @BeforeContainer
  static void open() throws IOException {
    data = Files.createTempDirectory("newest-wins");
    node = TestNode.in(data);
  }

  @AfterContainer
  static void close() throws IOException {
    node.close();
    Folders.delete(data);
  }

  @Property(tries = 100)
  void the_newest_version_is_held_whatever_the_order_and_the_batches(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 6) Integer> versions,
      @ForAll @IntRange(min = 1, max = 5) int together) {
    String key = "key-" + keys.incrementAndGet();
    List<Storing.Result> results = storeInBatches(key, versions, together);
    int highest = 0;
    for (int i = 0; i < versions.size(); i++) {
      Storing.Result expected =
          versions.get(i) >= highest
              ? Storing.Result.Done.DURABLE
              : new Storing.Result.Newer(Sample.version(highest));
      assertThat(results.get(i)).isEqualTo(expected);
      highest = Math.max(highest, versions.get(i));
    }
    assertThat(node.record(key)).isEqualTo(Sample.whole(key, highest, "value " + highest));
  }

  private static List<Storing.Result> storeInBatches(
      String key, List<Integer> versions, int together) {
    List<Future<Storing.Stored>> asked = new ArrayList<>();
    for (int from = 0; from < versions.size(); from += together) {
      List<Storing.Entry> entries = new ArrayList<>();
      for (int version : versions.subList(from, Math.min(versions.size(), from + together))) {
        entries.add(Sample.put(key, version, "value " + version));
      }
      asked.add(node.ask(Addresses.STORE, new Storing.Store(entries)));
    }
    List<Storing.Result> results = new ArrayList<>();
    asked.forEach(future -> results.addAll(TestNode.await(future).results()));
    return results;
  }
}
