package dev.rondo.core.quorum;

import static dev.rondo.core.quorum.SentCopies.bit;

import dev.rondo.core.quorum.ReadRound.Ask;
import dev.rondo.core.ring.PreferenceList;

/**
 * The questions of one read that were sent: who was asked for what, and who owes an answer. Sets of
 * owners are masks of ranks of the preference list.
 */
final class SentAsks {

  private final PreferenceList preference;

  // Owners that were ever asked for the whole record or for the version, and who owes that still.
  private long valueAsked;
  private long digestAsked;
  private long valueAwaited;
  private long digestAwaited;

  /** Owners that owed the whole record at the hedging delay: nobody waits for them alone. */
  private long silent;

  SentAsks(PreferenceList preference) {
    this.preference = preference;
  }

  /** Notes that the owner is asked, and waits for its answer. */
  Ask send(int rank, boolean value) {
    if (value) {
      valueAsked |= bit(rank);
      valueAwaited |= bit(rank);
    } else {
      digestAsked |= bit(rank);
      digestAwaited |= bit(rank);
    }
    return new Ask(preference.worker(rank), value);
  }

  /** Stops waiting for the answer; returns whether it was waited for. */
  boolean settle(Ask ask) {
    long owner = bit(preference.rankOf(ask.worker()));
    boolean waited = ((ask.value() ? valueAwaited : digestAwaited) & owner) != 0;
    if (ask.value()) {
      valueAwaited &= ~owner;
    } else {
      digestAwaited &= ~owner;
    }
    return waited;
  }

  /** Nobody waits any longer for those alone who owe the whole record now. */
  void hedge() {
    silent |= valueAwaited;
  }

  /** The owners that were asked anything. */
  long asked() {
    return valueAsked | digestAsked;
  }

  /** The owners that owe an answer. */
  long awaited() {
    return valueAwaited | digestAwaited;
  }

  boolean wasAskedForValue(int rank) {
    return (valueAsked & bit(rank)) != 0;
  }

  /** Whether somebody who is not silent owes the whole record. */
  boolean isValueUnderway() {
    return (valueAwaited & ~silent) != 0;
  }
}
