package dev.rondo.router;

import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.Collection;
import java.util.function.Predicate;

/** Brings owners up to date that a read found behind, after the client was answered. */
final class ReadRepair {

  /** Repairs under way at most; what is left out, the next read of the key finds again. */
  static final int UNDERWAY_MAX = 256;

  private final Carrier carrier;
  private final Predicate<Version> tooFarAhead;
  private final RouterMeters meters;
  private int underway;

  /** What is {@code tooFarAhead} is not spread. */
  ReadRepair(Carrier carrier, Predicate<Version> tooFarAhead, RouterMeters meters) {
    this.carrier = carrier;
    this.tooFarAhead = tooFarAhead;
    this.meters = meters;
  }

  /** Sends the newest record to the workers that hold less. */
  void repair(Key key, StoredRecord newest, Collection<Integer> stale) {
    if (tooFarAhead.test(newest.version())) {
      return;
    }
    for (int worker : stale) {
      if (underway < UNDERWAY_MAX) {
        underway++;
        carrier.mend(worker, key, newest).onComplete(done -> underway--);
        meters.repaired().increment();
      }
    }
  }
}
