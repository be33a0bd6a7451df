package dev.rondo.router;

import dev.rondo.bus.Reading;
import dev.rondo.bus.Writing;
import dev.rondo.meters.Gauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the router counts and times; every meter is made once, at the start. */
final class RouterMeters {

  private final MeterRegistry registry;
  private final Gauges gauges;
  private final Timer written;
  private final Timer writeFailed;
  private final Timer read;
  private final Timer readFailed;
  private final Counter hedged;
  private final Counter hinted;
  private final Counter superseded;
  private final Counter repaired;
  private final Counter proxied;

  RouterMeters(MeterRegistry registry) {
    this.registry = registry;
    this.gauges = new Gauges(registry);
    this.written = timer("write", "acknowledged");
    this.writeFailed = timer("write", "not_acknowledged");
    this.read = timer("read", "answered");
    this.readFailed = timer("read", "not_answered");
    this.hedged = counter("hedged", "Requests that asked a further worker after silence");
    this.hinted = counter("hints.stored", "Copies that a stand-in keeps for an owner");
    this.superseded = counter("superseded", "Writes stamped again because replicas held newer");
    this.repaired = counter("read.repairs", "Copies sent to owners that a read found behind");
    this.proxied = counter("proxied", "Requests passed on to an owner");
  }

  private Timer timer(String operation, String outcome) {
    return Timer.builder("rondo.coordinator")
        .description("Time from a coordinator's first step to its verdict")
        .tag("operation", operation)
        .tag("outcome", outcome)
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(500))
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder("rondo." + name).description(description).register(registry);
  }

  /** Shows how many writes are under way and wait here, in the place of a generation before. */
  void show(Supplier<Number> writes, Supplier<Number> waiting) {
    gauges.show(
        "rondo.writes.underway",
        Tags.empty(),
        null,
        "Writes whose last copy is not settled yet",
        writes);
    gauges.show(
        "rondo.writes.waiting",
        Tags.empty(),
        null,
        "Writes of large values that wait for their turn",
        waiting);
  }

  /** Shows nothing of this generation any more. */
  void close() {
    gauges.close();
  }

  void wrote(Writing.Outcome outcome, long nanos) {
    boolean acknowledged = outcome instanceof Writing.Outcome.Acknowledged;
    (acknowledged ? written : writeFailed).record(nanos, TimeUnit.NANOSECONDS);
  }

  void read(Reading.Outcome outcome, long nanos) {
    boolean answered =
        outcome instanceof Reading.Outcome.Found || outcome instanceof Reading.Outcome.NotFound;
    (answered ? read : readFailed).record(nanos, TimeUnit.NANOSECONDS);
  }

  Counter hedged() {
    return hedged;
  }

  Counter hinted() {
    return hinted;
  }

  Counter superseded() {
    return superseded;
  }

  Counter repaired() {
    return repaired;
  }

  Counter proxied() {
    return proxied;
  }
}
