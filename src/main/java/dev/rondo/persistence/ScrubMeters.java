package dev.rondo.persistence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the verification of the storage counts. */
final class ScrubMeters {

  private final Counter records;
  private final Counter runs;
  private final Counter tables;
  private final Counter salvages;
  private final Counter lost;

  ScrubMeters(MeterRegistry registry) {
    records = counter(registry, "records", "records", "Records that were verified");
    runs = counter(registry, "runs", "runs", "Verifications of everything that is stored");
    tables = counter(registry, "tables", "files", "Damaged files that were found");
    salvages = counter(registry, "salvages", "stores", "Stores that were salvaged");
    lost = counter(registry, "lost", "records", "Records that were lost with damaged files");
  }

  private static Counter counter(
      MeterRegistry registry, String name, String unit, String description) {
    return Counter.builder("rondo.storage.scrub." + name)
        .description(description)
        .baseUnit(unit)
        .register(registry);
  }

  void verified(long count) {
    records.increment((double) count);
  }

  void completed() {
    runs.increment();
  }

  void damagedTable() {
    tables.increment();
  }

  void salvaged(long recordsLost) {
    salvages.increment();
    lost.increment((double) recordsLost);
  }
}
