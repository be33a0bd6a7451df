package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Damaged;
import dev.rondo.bus.Ranging;
import dev.rondo.bus.Storing;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records are forgotten while a page of them is read for a peer. */
class RangeRaceTest {

  private static final int ROUNDS = 30;
  private static final int KEYS = 3_000;

  @TempDir Path data;

  @Test
  void what_was_forgotten_meanwhile_is_no_damage() {
    Member only = new Member(0, "127.0.0.1", 5001, 6001);
    ClusterState state = new ClusterState(5, 10, new Quorums(1, 1, 1), List.of(only));
    try (TestNode node = TestNode.in(data)) {
      node.bus.publish(Addresses.TOPOLOGY_CHANGED, new Topology(state));
      for (int round = 0; round < ROUNDS; round++) {
        String prefix = "key-" + round + "-";
        node.store(
            IntStream.range(0, KEYS)
                .mapToObj(i -> Sample.put(prefix + i, 1, "value " + i))
                .toArray(Storing.Entry[]::new));
        Future<Ranging.Ranged> page =
            node.ask(Addresses.RANGE, new Ranging.Range(0, Bytes.EMPTY, 8 << 20));
        List<Storing.Entry> forgets =
            IntStream.range(0, KEYS)
                .<Storing.Entry>mapToObj(
                    i -> new Storing.Entry.Forget(Key.of(prefix + i), Sample.version(1)))
                .toList();
        Future<Storing.Stored> forgotten = node.ask(Addresses.STORE, new Storing.Store(forgets));

        assertThat(TestNode.await(page).whole()).isTrue();
        TestNode.await(forgotten);
        assertThat(TestNode.await(node.ask(Addresses.DAMAGED, new Damaged.Ask(null, 10))).count())
            .isZero();
      }
    }
  }
}
