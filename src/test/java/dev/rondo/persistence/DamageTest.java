package dev.rondo.persistence;

import static dev.rondo.bus.Storing.Result.Done.DURABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Damaged;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Listing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What a storage says of records of which it cannot read one half or the other. */
class DamageTest {

  private static final String MARK = "a value to find";

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
  void a_record_that_cannot_be_read_is_written_anew_by_the_same_version_though_nobody_noticed() {
    node.store(Sample.put("a", 1, MARK));
    damage(Family.RECORDS, MARK);
    assertThat(node.store(Sample.put("a", 1, MARK))).containsExactly(DURABLE);
    assertThat(node.record("a")).isEqualTo(Sample.whole("a", 1, MARK));
    assertThat(damaged()).isZero();
  }

  @Test
  void a_damaged_record_does_not_confirm_its_version() {
    node.store(Sample.put("a", 1, MARK));
    damage(Family.RECORDS, MARK);
    assertThat(node.lookUp("a", Holding.Want.INTACT)).isInstanceOf(Holding.Answer.Unreadable.class);
    assertThat(node.version("a")).isInstanceOf(Holding.Answer.Unreadable.class);
    assertThat(damaged()).isEqualTo(1);
    node.store(Sample.put("a", 1, MARK));
    assertThat(node.lookUp("a", Holding.Want.INTACT))
        .isEqualTo(new Holding.Answer.VersionOnly(Sample.version(1)));
  }

  @Test
  void the_record_answers_for_an_index_that_cannot_be_read() {
    node.store(Sample.put("a key to find", 1, "one"));
    damage(Family.INDEX, "a key to find");
    assertThat(node.version("a key to find"))
        .isEqualTo(new Holding.Answer.VersionOnly(Sample.version(1)));
    assertThat(node.record("a key to find")).isEqualTo(Sample.whole("a key to find", 1, "one"));
    assertThat(damaged()).isZero();
  }

  @Test
  void a_key_that_does_not_exist_is_known_not_to_beside_damaged_records() {
    node.store(Sample.put("a", 1, MARK), Sample.put("z", 1, "fine"));
    damage(Family.RECORDS, MARK);
    // The filter lets one in a hundred through to the damaged block.
    assertThat(IntStream.range(0, 2000))
        .allSatisfy(
            i -> assertThat(node.record("m" + i)).isInstanceOf(Holding.Answer.Nothing.class));
  }

  @Test
  void pages_in_which_a_record_is_missing_say_so() throws RocksDBException {
    node.store(Sample.put("a", 1, "one"), Sample.put("b", 1, "two"));
    assertThat(node.list("", Bytes.EMPTY, 10, false).whole()).isTrue();
    spoil("a");
    Listing.Listed page = node.list("", Bytes.EMPTY, 10, false);
    assertThat(page.items()).hasSize(1);
    assertThat(page.whole()).isFalse();
  }

  @Test
  void pages_in_which_a_record_is_missing_that_only_the_index_knows_say_so() throws Exception {
    node.store(Sample.put("a", 1, "one"), Sample.put("b", 1, "two"), Sample.put("c", 1, "three"));
    loseRecord("b");
    assertThat(node.record("b")).isInstanceOf(Holding.Answer.Unreadable.class);
    assertThat(page("", "", "", 10).whole()).isFalse();
    assertThat(page("", "", "", 1).next()).isEqualTo(Bytes.utf8("c"));
    assertThat(page("", "", "", 1).whole()).isFalse();
    assertThat(page("b", "", "", 10).whole()).isFalse();
    assertThat(page("", "", "b", 10).whole()).isTrue();
    assertThat(page("", "c", "", 10).whole()).isTrue();
    assertThat(page("a", "", "", 10).whole()).isTrue();
    node.store(Sample.put("b", 1, "two"));
    assertThat(page("", "", "", 10).whole()).isTrue();
  }

  private Listing.Listed page(String prefix, String from, String end, int limit) {
    Listing.Page page =
        new Listing.Page(
            Bytes.utf8(prefix),
            Bytes.utf8(from),
            Bytes.utf8(end),
            limit,
            Listing.Page.BYTES_MAX,
            Listing.Scope.LIVE,
            false);
    return TestNode.await(node.ask(Addresses.LIST, page));
  }

  /** Takes a record out of the store, and leaves its entry in the index. */
  private void loseRecord(String key) throws RocksDBException {
    node.stop();
    try (Engine engine =
            Engine.open(node.storeFolder(), node.config.storage(), Engine.Mode.READ_WRITE);
        WriteBatch batch = new WriteBatch()) {
      batch.delete(engine.family(Family.RECORDS), Key.of(key).bytes().toArray());
      engine.write(batch, true);
    }
    node.start();
  }

  /** Puts a record into the store whose own checksum is wrong, and the engine's is right. */
  private void spoil(String key) throws RocksDBException {
    node.stop();
    StoredRecord record = Sample.record(key, 1, "one");
    byte[] spoilt = record.encoded().toArray();
    spoilt[spoilt.length - 6] ^= 1;
    try (Engine engine =
            Engine.open(node.storeFolder(), node.config.storage(), Engine.Mode.READ_WRITE);
        WriteBatch batch = new WriteBatch()) {
      batch.put(engine.family(Family.RECORDS), Key.of(key).bytes().toArray(), spoilt);
      engine.write(batch, true);
    }
    node.start();
  }

  private void damage(Family family, String text) {
    node.stop();
    new Flips(node).flip(family, text);
    node.start();
  }

  private int damaged() {
    return TestNode.await(node.ask(Addresses.DAMAGED, new Damaged.Ask(null, 10))).count();
  }
}
