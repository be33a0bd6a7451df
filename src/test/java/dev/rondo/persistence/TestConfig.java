package dev.rondo.persistence;

import dev.rondo.config.ClockConfig;
import dev.rondo.config.ControllerConfig;
import dev.rondo.config.GrpcConfig;
import dev.rondo.config.HintsConfig;
import dev.rondo.config.HttpConfig;
import dev.rondo.config.MembershipConfig;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.RedeployConfig;
import dev.rondo.config.RepairConfig;
import dev.rondo.config.RingConfig;
import dev.rondo.config.Role;
import dev.rondo.config.ScrubConfig;
import dev.rondo.config.StorageConfig;
import dev.rondo.config.SupervisorConfig;
import dev.rondo.config.Timeouts;
import java.nio.file.Path;
import java.util.List;

/** Worker 0 with its data in a given folder, and the settings that matter to storage. */
record TestConfig(Path data, StorageConfig storage, HintsConfig hints, RepairConfig repair) {

  TestConfig(Path data, StorageConfig storage, HintsConfig hints) {
    this(data, storage, hints, RepairConfig.USUAL);
  }

  static final long RESERVE = 1000;

  static TestConfig in(Path data) {
    return new TestConfig(
        data,
        storage(StorageConfig.Durability.SYNC, 16_384, 16_384),
        new HintsConfig(3600, 1 << 20));
  }

  TestConfig queues(int writes, int reads) {
    return new TestConfig(data, storage(storage.durability(), writes, reads), hints);
  }

  TestConfig durability(StorageConfig.Durability durability) {
    return new TestConfig(data, storage(durability, 16_384, 16_384), hints);
  }

  TestConfig hints(int windowSeconds, long bytesMax) {
    return new TestConfig(data, storage, new HintsConfig(windowSeconds, bytesMax));
  }

  TestConfig checkingTreesEvery(int seconds) {
    RepairConfig often = new RepairConfig(repair.bytesPerSecond(), 600, 8, seconds);
    return new TestConfig(data, storage, hints, often);
  }

  /** Verifies what is stored a second after the start, and then each second. */
  TestConfig scrubbing() {
    StorageConfig often =
        new StorageConfig(
            storage.durability(),
            20,
            RESERVE,
            16_384,
            16_384,
            2,
            8 << 20,
            StorageConfig.RECORD_CACHE_BYTES,
            new ScrubConfig(1, 1L << 40));
    return new TestConfig(data, often, hints, repair);
  }

  private static StorageConfig storage(StorageConfig.Durability durability, int writes, int reads) {
    return new StorageConfig(durability, 20, RESERVE, writes, reads, 2, 8 << 20);
  }

  NodeConfig node() {
    return new NodeConfig(
        Role.WORKER,
        0,
        "test",
        "127.0.0.1",
        data,
        new HttpConfig(0, 1, 1 << 20, 100, 60, "http://127.0.0.1:5000"),
        new GrpcConfig(0, 1024),
        new ControllerConfig("127.0.0.1", 0),
        new MembershipConfig(5701, List.of()),
        new RingConfig(10, 1, 1, 1, List.of()),
        storage,
        hints,
        new ClockConfig(500),
        new Timeouts(1000, 2000, 3000, 5000, 50),
        new SupervisorConfig(0, List.of()),
        repair,
        new RedeployConfig(data.resolve("jars"), 1, 5));
  }
}
