package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Ranging;
import dev.rondo.bus.Storing;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.ring.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangingTest {

  private static final int KEYS = 300;

  @TempDir Path data;
  private TestNode node;

  @BeforeEach
  void open() {
    node = TestNode.in(data);
    List<Storing.Entry> entries = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      entries.add(Sample.put("key-" + i, 1, "value " + i));
    }
    node.store(entries.toArray(Storing.Entry[]::new));
  }

  @AfterEach
  void close() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource({"5,10,3", "5,10,1", "4,256,2", "3,1,2", "1,1,1"})
  void a_worker_gets_the_keys_that_it_owns_in_ring_order(int members, int vnodes, int copies) {
    Topology topology = topology(members, vnodes, copies);
    node.bus.publish(Addresses.TOPOLOGY_CHANGED, topology);
    for (int worker = 0; worker < members; worker++) {
      assertThat(pages(worker, 700)).isEqualTo(owned(topology, worker));
    }
  }

  @Test
  void while_the_quorums_change_a_worker_owns_its_keys_by_either_of_them() {
    Topology three = topology(5, 10, 3);
    Topology changing = new Topology(three.state().changingTo(new Quorums(2, 1, 1)));
    node.bus.publish(Addresses.TOPOLOGY_CHANGED, changing);
    assertThat(pages(1, 1 << 20)).isEqualTo(owned(three, 1));
    Topology settled = new Topology(changing.state().settled());
    node.bus.publish(Addresses.TOPOLOGY_CHANGED, settled);
    assertThat(pages(1, 1 << 20)).isEqualTo(owned(topology(5, 10, 2), 1));
  }

  @Test
  void a_stranger_owns_nothing() {
    node.bus.publish(Addresses.TOPOLOGY_CHANGED, topology(3, 10, 3));
    assertThat(node.range(7, Bytes.EMPTY, 1000)).isEqualTo(new Ranging.Ranged(List.of(), null));
  }

  @Test
  void a_page_holds_one_record_at_least() {
    node.bus.publish(Addresses.TOPOLOGY_CHANGED, topology(3, 10, 3));
    Ranging.Ranged page = node.range(0, Bytes.EMPTY, 1);
    assertThat(page.items()).hasSize(1);
    assertThat(page.next()).isNotNull();
  }

  @Test
  void tombstones_belong_to_the_range() {
    node.store(Sample.delete("key-0", 2));
    node.bus.publish(Addresses.TOPOLOGY_CHANGED, topology(1, 10, 1));
    assertThat(node.range(0, Bytes.EMPTY, 1 << 20).items())
        .hasSize(KEYS)
        .contains(new Ranging.Item(Key.of("key-0"), Sample.tombstone("key-0", 2)));
  }

  @Test
  void nobody_knows_who_owns_what_before_the_ring_is_known() {
    assertThatThrownBy(() -> node.range(0, Bytes.EMPTY, 1000))
        .hasRootCauseInstanceOf(StorageFault.class);
  }

  @Test
  void an_older_ring_does_not_replace_a_newer_one() {
    node.bus.publish(Addresses.TOPOLOGY_CHANGED, topology(1, 10, 1));
    ClusterState older =
        new ClusterState(1, 10, new Quorums(1, 1, 1), topology(2, 10, 1).state().members());
    node.bus.publish(Addresses.TOPOLOGY_CHANGED, new Topology(older));
    assertThat(pages(0, 1 << 20)).hasSize(KEYS);
  }

  private List<Key> pages(int worker, int bytesMax) {
    List<Key> keys = new ArrayList<>();
    Bytes cursor = Bytes.EMPTY;
    while (cursor != null) {
      Ranging.Ranged page = node.range(worker, cursor, bytesMax);
      page.items().forEach(item -> keys.add(item.key()));
      cursor = page.next();
    }
    return keys;
  }

  private static List<Key> owned(Topology topology, int worker) {
    return IntStream.range(0, KEYS)
        .mapToObj(i -> Key.of("key-" + i))
        .filter(key -> topology.isOwner(worker, key))
        .sorted(
            Comparator.<Key>comparingLong(key -> Position.toLong(key.position()))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static Topology topology(int members, int vnodes, int copies) {
    return new Topology(
        new ClusterState(
            2,
            vnodes,
            new Quorums(copies, 1, 1),
            IntStream.range(0, members)
                .mapToObj(id -> new Member(id, "127.0.0.1", 5001 + id, 6001 + id))
                .toList()));
  }
}
