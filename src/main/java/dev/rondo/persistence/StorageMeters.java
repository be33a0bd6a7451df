package dev.rondo.persistence;

import dev.rondo.bus.Storing.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The storage's meters. They go when the storage is closed, so that a next one can have its own.
 */
final class StorageMeters implements AutoCloseable {

  private final MeterRegistry registry;
  private final List<Meter> meters = new ArrayList<>();
  private final Timer commits;
  private final DistributionSummary batches;
  private final Counter damaged;
  private final Map<Result.Refusal, Counter> refused = new EnumMap<>(Result.Refusal.class);

  StorageMeters(MeterRegistry registry) {
    this.registry = registry;
    commits =
        own(
            Timer.builder("rondo.storage.commit")
                .description("From taking a batch to having it on the disk")
                .publishPercentileHistogram()
                .register(registry));
    batches =
        own(
            DistributionSummary.builder("rondo.storage.batch")
                .description("Entries that share a commit")
                .baseUnit("entries")
                .register(registry));
    damaged =
        own(
            Counter.builder("rondo.storage.damaged")
                .description("Reads that met a damaged record")
                .baseUnit("reads")
                .register(registry));
    for (Result.Refusal reason : Result.Refusal.values()) {
      refused.put(reason, refusals(reason));
    }
  }

  private Counter refusals(Result.Refusal reason) {
    return own(
        Counter.builder("rondo.storage.refused")
            .description("Entries that were not stored")
            .baseUnit("entries")
            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
            .register(registry));
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

  /** Counts reads that met a damaged record. */
  Counter damaged() {
    return damaged;
  }

  /** How many wait in one of the queues. */
  void queue(String name, Supplier<Number> waiting) {
    own(
        Gauge.builder("rondo.storage.queue", waiting)
            .description("What waits for a storage thread")
            .tag("queue", name)
            .register(registry));
  }

  /** A figure about the store; must not touch the engine. */
  void figure(String name, String unit, String description, Supplier<Number> value) {
    own(
        Gauge.builder("rondo.storage." + name, value)
            .description(description)
            .baseUnit(unit)
            .strongReference(true)
            .register(registry));
  }

  /** What a part of the engine takes up; must not touch the engine. */
  void engine(String part, Supplier<Number> bytes) {
    own(
        Gauge.builder("rondo.storage.engine", bytes)
            .description("What the engine takes up in memory and on the disk")
            .baseUnit("bytes")
            .tag("part", part)
            .strongReference(true)
            .register(registry));
  }

  private <M extends Meter> M own(M meter) {
    meters.add(meter);
    return meter;
  }

  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
