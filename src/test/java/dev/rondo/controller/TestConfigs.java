package dev.rondo.controller;

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
import dev.rondo.core.member.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Configurations of a small cluster whose workers serve nobody. */
final class TestConfigs {
  static final String HOST = "127.0.0.1";

  private TestConfigs() {}

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Three copies where there are as many members, and majorities. */
  static RingConfig ring(int members) {
    int copies = Math.min(3, members);
    int majority = copies / 2 + 1;
    return new RingConfig(
        10,
        copies,
        majority,
        majority,
        IntStream.range(0, members)
            .mapToObj(id -> new Member(id, HOST, 5001 + id, 6001 + id))
            .toList());
  }

  static NodeConfig controller(RingConfig ring, int port, Path data) {
    return config(Role.CONTROLLER, 0, ring, port, data, port);
  }

  static NodeConfig worker(int id, RingConfig ring, int controllerPort) {
    return config(Role.WORKER, id, ring, 0, Path.of("unused"), controllerPort);
  }

  private static NodeConfig config(
      Role role, int id, RingConfig ring, int port, Path data, int controllerPort) {
    return new NodeConfig(
        role,
        id,
        "test",
        HOST,
        data,
        new HttpConfig(0, 1, 1 << 20, 100, 60, ""),
        new GrpcConfig(port, 100),
        new ControllerConfig(HOST, controllerPort),
        new MembershipConfig(5701, List.of()),
        ring,
        new StorageConfig(StorageConfig.Durability.SYNC, 10, 0, 1000, 1000, 1, 1 << 20),
        new HintsConfig(3600, 1 << 30),
        new ClockConfig(500),
        new Timeouts(2_000, 3_000, 4_000, 5_000, 50),
        new SupervisorConfig(0, List.of()));
  }
}
