package dev.rondo.replication;

import dev.rondo.meters.Gauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The meters of the link to one peer. The gauge goes with the link; what is counted goes on for the
 * next generation, and is forgotten when the peer is no member any more.
 */
final class PeerMeters {

  private final MeterRegistry registry;
  private final Gauges gauges;
  private final String peer;
  private final List<Meter> all = new ArrayList<>();
  private final DistributionSummary batch;
  private final Timer latency;
  private final Counter refused;
  private final Counter connects;
  private final Counter hints;

  PeerMeters(MeterRegistry registry, int peer) {
    this.registry = registry;
    this.gauges = new Gauges(registry);
    this.peer = String.valueOf(peer);
    this.batch =
        keep(
            DistributionSummary.builder("rondo.peer.batch")
                .description("Requests in one message")
                .tag("peer", this.peer)
                .register(registry));
    this.latency =
        keep(
            Timer.builder("rondo.peer.latency")
                .description("From writing a request to its answer")
                .tag("peer", this.peer)
                .register(registry));
    this.refused = counter("rondo.peer.not.sent", "Requests that failed before they were sent");
    this.connects = counter("rondo.peer.connects", "Streams opened");
    this.hints = counter("rondo.peer.hints.delivered", "Hints that the peer confirmed");
  }

  /** Shows how many requests are under way. */
  void watch(IntSupplier size) {
    gauges.show(
        "rondo.peer.outstanding",
        Tags.of("peer", peer),
        null,
        "Requests that wait to be written or answered",
        size::getAsInt);
  }

  void sent(int requests) {
    batch.record(requests);
  }

  void answered(long nanos) {
    latency.record(nanos, TimeUnit.NANOSECONDS);
  }

  void refused() {
    refused.increment();
  }

  void connected() {
    connects.increment();
  }

  void hintsDelivered(int count) {
    hints.increment(count);
  }

  void close() {
    gauges.close();
  }

  /** The peer is no member any more. */
  void forget() {
    all.forEach(registry::remove);
  }

  private Counter counter(String name, String description) {
    return keep(
        Counter.builder(name).description(description).tag("peer", peer).register(registry));
  }

  private <M extends Meter> M keep(M meter) {
    all.add(meter);
    return meter;
  }
}
