package dev.rondo.replication;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What all comparisons of this worker have cost and repaired. */
final class RepairMeters {

  private final Counter byTrees;
  private final Counter byScan;
  private final Counter differences;
  private final Counter compared;
  private final Counter keysFetched;
  private final Counter keysSent;
  private final Counter bytesFetched;
  private final Counter bytesSent;

  RepairMeters(MeterRegistry registry) {
    byTrees = counter(registry, "exchanges", "Exchanges with a peer", "by", "trees");
    byScan = counter(registry, "exchanges", "Exchanges with a peer", "by", "scan");
    differences =
        Counter.builder("rondo.repair.differences")
            .description("Keys of which a peer and this worker held different versions")
            .register(registry);
    compared =
        Counter.builder("rondo.repair.compared")
            .description("Digests and versions asked for and answered")
            .baseUnit("bytes")
            .register(registry);
    keysFetched = counter(registry, "keys", "Keys repaired", "direction", "fetched");
    keysSent = counter(registry, "keys", "Keys repaired", "direction", "sent");
    bytesFetched = counter(registry, "bytes", "Records moved", "direction", "fetched");
    bytesSent = counter(registry, "bytes", "Records moved", "direction", "sent");
  }

  private static Counter counter(
      MeterRegistry registry, String name, String description, String tag, String value) {
    return Counter.builder("rondo.repair." + name)
        .description(description)
        .tag(tag, value)
        .register(registry);
  }

  /** An exchange came to its end, by trees or by a scan of the index. */
  void exchanged(boolean trees) {
    (trees ? byTrees : byScan).increment();
  }

  void differing(int keys) {
    differences.increment(keys);
  }

  void compared(long bytes) {
    compared.increment((double) bytes);
  }

  void fetched(int keys, long bytes) {
    keysFetched.increment(keys);
    bytesFetched.increment((double) bytes);
  }

  void sent(int keys, long bytes) {
    keysSent.increment(keys);
    bytesSent.increment((double) bytes);
  }
}
