package dev.rondo.replication;

import dev.rondo.config.ClockConfig;
import dev.rondo.config.ControllerConfig;
import dev.rondo.config.GrpcConfig;
import dev.rondo.config.HintsConfig;
import dev.rondo.config.HttpConfig;
import dev.rondo.config.MembershipConfig;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.RingConfig;
import dev.rondo.config.Role;
import dev.rondo.config.StorageConfig;
import dev.rondo.config.SupervisorConfig;
import dev.rondo.config.Timeouts;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the tests of this package have in common. */
final class Fixture {

  static final String HOST = "127.0.0.1";
  static final Timeouts TIMEOUTS = new Timeouts(2_000, 3_000, 4_000, 5_000, 50);

  private Fixture() {}

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Topology topology(long epoch, Member... members) {
    return new Topology(new ClusterState(epoch, 10, new Quorums(1, 1, 1), Arrays.asList(members)));
  }

  /** Members 0, 1, 2 … on free ports. */
  static Member[] members(int count) {
    List<Member> members = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      members.add(new Member(id, HOST, 1, freePort()));
    }
    return members.toArray(Member[]::new);
  }

  static NodeConfig config(int id, String cluster, int port, int queueMax, Timeouts timeouts) {
    return new NodeConfig(
        Role.WORKER,
        id,
        cluster,
        HOST,
        Path.of("unused"),
        new HttpConfig(0, 1, 1 << 20, 100, 60, ""),
        new GrpcConfig(port, queueMax),
        new ControllerConfig(HOST, 0),
        new MembershipConfig(5701, List.of()),
        new RingConfig(10, 1, 1, 1, List.of()),
        new StorageConfig(StorageConfig.Durability.SYNC, 10, 0, 1000, 1000, 1, 1 << 20),
        new HintsConfig(3600, 1 << 30),
        new ClockConfig(500),
        timeouts,
        new SupervisorConfig(0, List.of()));
  }

  static Version version(long millisFromNow) {
    return Version.of(System.currentTimeMillis() + millisFromNow, 0, 0);
  }

  static StoredRecord record(Key key, String value) {
    return StoredRecord.live(key, version(0), "text/plain", Bytes.utf8(value));
  }
}
