package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.EventKind;
import io.micrometer.core.instrument.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the copies that were not taken in because their versions lie too far ahead, and tells of
 * them now and then: some worker has stamped by a wrong clock.
 */
final class Forerunners {

  private static final Logger log = LoggerFactory.getLogger(Forerunners.class);

  private static final long QUIET_MILLIS = 600_000;

  private final NodeSetup setup;
  private final Counter counter;
  private long quietUntilMillis = Long.MIN_VALUE;

  Forerunners(NodeSetup setup) {
    this.setup = setup;
    this.counter =
        Counter.builder("rondo.clock.refused")
            .description("Copies not taken in, as their versions lie too far in the future")
            .register(setup.meters());
  }

  /** A peer has, or has sent, a copy whose version is so far ahead. */
  void met(int peer, long aheadMillis) {
    counter.increment();
    long now = Transport.millis();
    if (now >= quietUntilMillis) {
      quietUntilMillis = now + QUIET_MILLIS;
      log.warn(
          "Versions from the future are not taken in from={} aheadMillis={}", peer, aheadMillis);
      String text =
          "Worker %d does not take in copies of Worker %d, as their versions are %.1f s ahead"
              .formatted(setup.id(), peer, aheadMillis / 1e3);
      setup
          .bus()
          .publish(Addresses.EVENT, new ClusterEvent(EventKind.VERSIONS_AHEAD, setup.id(), text));
    }
  }
}
