package dev.rondo.persistence;

import dev.rondo.bus.Storing.Result;
import dev.rondo.meters.Gauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The storage's meters. What it counts, later generations count on; what it shows is its own. */
final class StorageMeters {

  private final MeterRegistry registry;
  private final Gauges gauges;
  private final Timer commits;
  private final DistributionSummary batches;
  private final Counter damaged;
  private final Counter remembered;
  private final Counter lookedUp;
  private final Timer treeBuilds;
  private final Counter treeErrors;
  private final ScrubMeters scrub;
  private final Counter purged;
  private final Map<Result.Refusal, Counter> refused = new EnumMap<>(Result.Refusal.class);

  StorageMeters(MeterRegistry registry) {
    this.registry = registry;
    this.gauges = new Gauges(registry);
    commits =
        Timer.builder("rondo.storage.commit")
            .description("From taking a batch to having it on the disk")
            .publishPercentileHistogram()
            .register(registry);
    batches =
        DistributionSummary.builder("rondo.storage.batch")
            .description("Entries that share a commit")
            .baseUnit("entries")
            .register(registry);
    scrub = new ScrubMeters(registry);
    purged =
        Counter.builder("rondo.storage.purged")
            .description("Tombstones that had done their work and were removed")
            .baseUnit("keys")
            .register(registry);
    damaged =
        Counter.builder("rondo.storage.damaged")
            .description("Reads that met a damaged record")
            .baseUnit("reads")
            .register(registry);
    remembered = lookUps("memory");
    lookedUp = lookUps("engine");
    treeBuilds =
        Timer.builder("rondo.trees.built")
            .description("Inventories of the index for the Merkle trees")
            .register(registry);
    treeErrors =
        Counter.builder("rondo.trees.wrong")
            .description("Buckets of complete trees that an inventory had to correct")
            .baseUnit("buckets")
            .register(registry);
    // What lies too far ahead is refused before it comes here.
    for (Result.Refusal reason : EnumSet.complementOf(EnumSet.of(Result.Refusal.CLOCK_DRIFT))) {
      refused.put(reason, refusals(reason));
    }
  }

  private Counter refusals(Result.Refusal reason) {
    return Counter.builder("rondo.storage.refused")
        .description("Entries that were not stored")
        .baseUnit("entries")
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private Counter lookUps(String from) {
    return Counter.builder("rondo.storage.lookups")
        .description("Keys looked up, by where their records were")
        .baseUnit("keys")
        .tag("from", from)
        .register(registry);
  }

  /** So many keys were answered from memory, and for so many the engine is asked. */
  void lookedUp(int fromMemory, int fromEngine) {
    remembered.increment(fromMemory);
    lookedUp.increment(fromEngine);
  }

  /** A batch was decided. */
  void committed(List<StoreRequest> requests, long nanos) {
    int entries = 0;
    for (StoreRequest request : requests) {
      entries += request.count();
      for (int i = 0; i < request.count(); i++) {
        if (request.result(i) instanceof Result.Refusal refusal) {
          refused(refusal, 1);
        }
      }
    }
    batches.record(entries);
    commits.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** So many entries were turned away. */
  void refused(Result.Refusal reason, int entries) {
    Counter counter = refused.get(reason);
    if (counter != null) {
      counter.increment(entries);
    }
  }

  /** Trees were built, or checked and found wrong in so many buckets. */
  void treesBuilt(long nanos, int wrong) {
    treeBuilds.record(nanos, TimeUnit.NANOSECONDS);
    treeErrors.increment(wrong);
  }

  /** What the trees take up, in bytes; 0 while there are none. */
  void trees(Supplier<Number> bytes) {
    gauges.show(
        "rondo.trees.size", Tags.empty(), "bytes", "What complete Merkle trees take up", bytes);
  }

  /** Counts tombstones that were purged. */
  Counter purged() {
    return purged;
  }

  /** What the verification of the storage counts. */
  ScrubMeters scrub() {
    return scrub;
  }

  /** Counts reads that met a damaged record. */
  Counter damaged() {
    return damaged;
  }

  /** How many wait in one of the queues. */
  void queue(String name, Supplier<Number> waiting) {
    gauges.show(
        "rondo.storage.queue",
        Tags.of("queue", name),
        null,
        "What waits for a storage thread",
        waiting);
  }

  /** A figure about the store; must not touch the engine. */
  void figure(String name, String unit, String description, Supplier<Number> value) {
    gauges.show("rondo.storage." + name, Tags.empty(), unit, description, value);
  }

  /** What a part of the engine takes up; must not touch the engine. */
  void engine(String part, Supplier<Number> bytes) {
    gauges.show(
        "rondo.storage.engine",
        Tags.of("part", part),
        "bytes",
        "What the engine takes up in memory and on the disk",
        bytes);
  }

  /** Shows nothing any more. */
  void hide() {
    gauges.close();
  }
}
