package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Ripening;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.version.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tombstones the storage lets go of. */
class PurgeTest {

  private static final long EPOCH = 7;

  @TempDir Path data;
  private TestNode node;

  @BeforeEach
  void open() {
    node = TestNode.in(data);
    List<Member> alone = List.of(new Member(0, "127.0.0.1", 5001, 6001));
    ClusterState state = new ClusterState(EPOCH, 10, new Quorums(1, 1, 1), alone);
    node.bus.publish(Addresses.TOPOLOGY_CHANGED, new Topology(state));
    node.store(Sample.put("a", 1, "x"), Sample.put("b", 1, "x"), Sample.put("c", 1, "x"));
    node.store(Sample.delete("b", 2), Sample.delete("c", 9));
    assertThat(held()).isEqualTo(3);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void tombstones_up_to_a_time_go_and_nothing_else() {
    ripened(EPOCH, millis(2), now() + 60_000);
    await().until(() -> held() == 2);
    assertThat(node.list("", Bytes.EMPTY, 10, true).items())
        .extracting(item -> item.key().toString())
        .containsExactly("a", "c");
    assertThat(node.figures().keys()).isEqualTo(1);
    assertThat(node.meters.get("rondo.storage.purged").counter().count()).isEqualTo(1);
  }

  @Test
  void what_came_after_the_evidence_stays() {
    ripened(EPOCH, millis(9), now() - 60_000);
    ripened(EPOCH, millis(2), now() + 60_000);
    await().until(() -> held() == 2);
  }

  @Test
  void what_is_ripe_by_another_state_stays() {
    ripened(EPOCH + 1, millis(9), now() + 60_000);
    ripened(EPOCH, millis(2), now() + 60_000);
    await().until(() -> held() == 2);
  }

  private int held() {
    return node.list("", Bytes.EMPTY, 10, true).items().size();
  }

  private void ripened(long epoch, long millis, long since) {
    Ripening.Part part = new Ripening.Part(5, 5, millis, millis, since);
    node.bus.publish(Addresses.RIPENED, new Ripening(epoch, List.of(part)));
  }

  private static long millis(int sample) {
    Version version = Sample.version(sample);
    return version.millis();
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
