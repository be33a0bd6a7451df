package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Digesting;
import dev.rondo.bus.Inventory;
import dev.rondo.bus.Storing;
import dev.rondo.core.digest.RangeSums;
import dev.rondo.core.digest.RingRanges;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker tells of its holdings so that they can be compared. */
class ComparisonsTest {

  private static final int KEYS = 3_000;
  private static final int BITS = 6;
  private static final List<Integer> ALL = IntStream.range(0, 1 << BITS).boxed().toList();

  private final Topology settled = topology(new Quorums(2, 1, 1), null);
  private final Topology changing = topology(new Quorums(2, 1, 1), new Quorums(3, 2, 2));

  @TempDir Path data;
  private TestNode node;

  @BeforeEach
  void open() {
    node = TestNode.in(data);
    List<Storing.Entry> entries = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      String key = "key-" + i;
      entries.add(i % 10 == 0 ? Sample.delete(key, 1) : Sample.put(key, 1, "value"));
    }
    node.store(entries.toArray(Storing.Entry[]::new));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Digesting.Digests digests(Topology topology, int one, int other, int from, int count) {
    return TestNode.await(
        node.ask(Addresses.DIGEST, new Digesting.Ranges(topology, one, other, BITS, from, count)));
  }

  private List<Inventory.Item> pages(Function<Bytes, Inventory.Page> pages) {
    List<Inventory.Item> items = new ArrayList<>();
    Bytes cursor = Bytes.EMPTY;
    while (cursor != null) {
      Inventory.Page page = pages.apply(cursor);
      items.addAll(page.items());
      cursor = page.next();
    }
    return items;
  }

  private List<Inventory.Item> shared(Topology topology, int one, int other, List<Integer> ranges) {
    return pages(
        cursor ->
            TestNode.await(
                node.ask(
                    Addresses.INVENTORY,
                    new Inventory.Shared(topology, one, other, BITS, ranges, cursor))));
  }

  private List<Inventory.Item> surplus(Topology topology, int worker) {
    return pages(
        cursor ->
            TestNode.await(
                node.ask(Addresses.SURPLUS, new Inventory.Surplus(topology, worker, cursor))));
  }

  private static List<Key> keys(Topology topology, int owners, int... workers) {
    return IntStream.range(0, KEYS)
        .mapToObj(i -> Key.of("key-" + i))
        .filter(
            key ->
                IntStream.of(workers)
                    .allMatch(worker -> topology.preferenceList(key).isOwner(worker, owners)))
        .toList();
  }

  private static List<Key> keys(List<Inventory.Item> items) {
    return items.stream().map(Inventory.Item::key).toList();
  }

  @Test
  void the_inventory_has_what_both_own_with_its_version() {
    List<Inventory.Item> items = shared(settled, 0, 1, ALL);
    assertThat(keys(items)).containsExactlyInAnyOrderElementsOf(keys(settled, 2, 0, 1));
    assertThat(items).allMatch(item -> item.version().equals(Sample.version(1)));
  }

  @Test
  void while_a_change_goes_on_the_larger_number_of_owners_counts() {
    assertThat(keys(shared(changing, 0, 1, ALL)))
        .containsExactlyInAnyOrderElementsOf(keys(changing, 3, 0, 1))
        .hasSizeGreaterThan(keys(settled, 2, 0, 1).size());
    assertThat(surplus(changing, 0)).hasSize(KEYS - keys(changing, 3, 0).size());
  }

  @Test
  void the_inventory_of_some_ranges_has_their_keys_only() {
    RingRanges cut = new RingRanges(BITS);
    List<Integer> some = List.of(0, 7, 8, 31, 63);
    assertThat(keys(shared(settled, 1, 2, some)))
        .containsExactlyInAnyOrderElementsOf(
            keys(settled, 2, 1, 2).stream()
                .filter(key -> some.contains(cut.of(key.position())))
                .toList());
  }

  @Test
  void digests_are_sums_over_the_inventory() {
    RingRanges cut = new RingRanges(BITS);
    RangeSums sums = new RangeSums(cut, 0, cut.count());
    for (Inventory.Item item : shared(settled, 2, 3, ALL)) {
      byte[] key = item.key().bytes().toArray();
      sums.add(item.key().position(), key, 0, key.length, item.version());
    }
    assertThat(digests(settled, 2, 3, 0, cut.count()))
        .isEqualTo(new Digesting.Digests(sums.sums(), sums.keys()));
  }

  @Test
  void it_does_not_matter_which_of_the_two_asks() {
    for (Topology topology : List.of(settled, changing)) {
      assertThat(digests(topology, 3, 1, 0, 64)).isEqualTo(digests(topology, 1, 3, 0, 64));
      assertThat(shared(topology, 3, 1, ALL)).isEqualTo(shared(topology, 1, 3, ALL));
    }
  }

  @Test
  void a_part_of_the_ranges_has_that_part_of_the_digests() {
    Digesting.Digests all = digests(settled, 0, 1, 0, 64);
    assertThat(digests(settled, 0, 1, 10, 20).sums()).isEqualTo(all.sums().subList(10, 30));
  }

  @Test
  void a_newer_version_changes_the_digest_of_its_range_alone() {
    Key key = keys(settled, 2, 0, 1).get(0);
    Digesting.Digests before = digests(settled, 0, 1, 0, 64);
    node.store(Sample.put(key.toString(), 2, "newer"));
    assertThat(RangeSums.differing(0, before.sums(), digests(settled, 0, 1, 0, 64).sums()))
        .containsExactly(new RingRanges(BITS).of(key.position()));
  }

  @Test
  void the_surplus_is_what_is_held_and_not_owned() {
    List<Key> owned = keys(settled, 2, 0);
    assertThat(keys(surplus(settled, 0)))
        .hasSize(KEYS - owned.size())
        .doesNotContainAnyElementsOf(owned);
  }

  private static Topology topology(Quorums quorums, Quorums former) {
    return new Topology(
        new ClusterState(
            2,
            10,
            quorums,
            former,
            IntStream.range(0, 5).mapToObj(id -> new Member(id, "127.0.0.1", 1, 1)).toList()));
  }
}
