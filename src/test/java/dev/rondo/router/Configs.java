package dev.rondo.router;

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
import java.nio.file.Path;
import java.util.List;

/** A node's configuration, of which the router reads the id, the timeouts and the clock's drift. */
final class Configs {

  private Configs() {}

  static NodeConfig worker(int id, Timeouts timeouts) {
    return new NodeConfig(
        Role.WORKER,
        id,
        "test",
        "127.0.0.1",
        Path.of("target"),
        new HttpConfig(0, 1, 1 << 20, 100, 60, "http://127.0.0.1:5000"),
        new GrpcConfig(0, 1000),
        new ControllerConfig("127.0.0.1", 0),
        new MembershipConfig(5701, List.of()),
        new RingConfig(10, 1, 1, 1, List.of()),
        new StorageConfig(StorageConfig.Durability.SYNC, 100, 0, 1000, 1000, 1, 1 << 20),
        new HintsConfig(3600, 1 << 20),
        new ClockConfig(500),
        timeouts,
        new SupervisorConfig(0, List.of()));
  }
}
