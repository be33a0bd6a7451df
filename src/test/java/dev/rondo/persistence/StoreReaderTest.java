package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Holding;
import dev.rondo.config.StorageConfig;
import dev.rondo.core.record.Key;
import dev.rondo.vault.LostKeys;
import dev.rondo.vault.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large records do not pile up behind the threads that look them up. */
class StoreReaderTest {

  private static final int KEYS = 24;
  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path data;

  @Test
  void a_request_for_more_than_fits_gets_a_part_and_hears_that_the_rest_was_too_much() {
    try (TestNode node = filled()) {
      List<Holding.Item> items =
          IntStream.range(0, KEYS).mapToObj(i -> item(i, Holding.Want.RECORD)).toList();
      List<Holding.Answer> answers =
          TestNode.await(node.ask(Addresses.LOOK_UP, new Holding.Lookup(items))).answers();
      assertThat(answers.subList(0, 8)).hasOnlyElementsOfType(Holding.Answer.Whole.class);
      assertThat(answers.subList(8, KEYS)).containsOnly(Holding.Answer.Overloaded.OVERLOADED);
      assertThat(node.lookUp(key(KEYS - 1), Holding.Want.RECORD))
          .isInstanceOf(Holding.Answer.Whole.class);
    }
  }

  @Test
  void no_more_is_read_before_what_was_read_is_taken() throws Exception {
    try (TestNode node = filled()) {
      node.stop();
      StorageConfig config = node.config.storage();
      try (Engine engine = Engine.open(node.storeFolder(), config, Engine.Mode.READ_ONLY)) {
        Vault vault = new Vault();
        vault.keep(engine.database());
        Inbox<LookupRequest> inbox = new Inbox<>(1000, Long.MAX_VALUE);
        IntStream.range(0, KEYS).forEach(i -> inbox.offer(request(i)));
        List<Integer> handedOver = new CopyOnWriteArrayList<>();
        List<Runnable> taken = new CopyOnWriteArrayList<>();
        StoreReader reader =
            new StoreReader(
                inbox,
                new EngineSlot(vault, engine),
                new Gate(0, () -> {}),
                nothing(),
                (answered, passedOn) -> {
                  handedOver.add(answered.size());
                  taken.add(passedOn);
                });
        Thread thread = new Thread(reader);
        thread.start();
        await().until(() -> handedOver.size() == 1);
        assertThat(handedOver.get(0)).isEqualTo(4);
        inbox.close();
        await()
            .until(
                () -> {
                  taken.forEach(Runnable::run);
                  return !thread.isAlive();
                });
        assertThat(handedOver).containsOnly(4).hasSize(KEYS / 4);
      }
    }
  }

  private TestNode filled() {
    TestNode node = TestNode.in(data);
    for (int i = 0; i < KEYS; i++) {
      node.store(Sample.put(key(i), 1, "x".repeat(MEBIBYTE)));
    }
    return node.restart();
  }

  private static DamagedKeys nothing() {
    return new DamagedKeys(
        new SimpleMeterRegistry().counter("damaged"), new SuspectTables(), new LostKeys(1));
  }

  private static LookupRequest request(int i) {
    return new LookupRequest(
        List.of(item(i, Holding.Want.RECORD)), true, 0, new Holding.@Nullable Answer[1]);
  }

  private static Holding.Item item(int i, Holding.Want want) {
    return new Holding.Item(Key.of(key(i)), want);
  }

  private static String key(int i) {
    return "key-" + i;
  }
}
