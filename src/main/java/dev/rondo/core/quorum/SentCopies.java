package dev.rondo.core.quorum;

import dev.rondo.core.ring.PreferenceList;

/**
 * The copies of one write that were sent: from each owner's point of view, who was given its copy
 * and who still owes an answer.
 *
 * <p>Workers are ranks of the preference list, and sets of them masks: bit <i>r</i> is rank
 * <i>r</i>.
 */
final class SentCopies {

  private final PreferenceList preference;
  private final long[] tried;
  private final long[] outstanding;
  private long used;

  SentCopies(PreferenceList preference, int owners) {
    this.preference = preference;
    this.tried = new long[owners];
    this.outstanding = new long[owners];
  }

  /** The mask of one rank. */
  static long bit(int rank) {
    return 1L << rank;
  }

  /** The rank of the copy's holder. */
  int holder(Copy copy) {
    return preference.rankOf(copy.holder());
  }

  /** The rank of the copy's owner. */
  int owner(Copy copy) {
    return preference.rankOf(copy.owner());
  }

  /** Notes that the holder is given the owner's copy, and waits for its answer. */
  Copy send(int holder, int owner) {
    tried[owner] |= bit(holder);
    outstanding[owner] |= bit(holder);
    used |= bit(holder);
    return new Copy(preference.worker(holder), preference.worker(owner));
  }

  /** Stops waiting for a copy; returns whether it was waited for. */
  boolean settle(Copy copy) {
    boolean waited = isOutstanding(holder(copy), owner(copy));
    outstanding[owner(copy)] &= ~bit(holder(copy));
    return waited;
  }

  boolean isOutstanding(int holder, int owner) {
    return (outstanding[owner] & bit(holder)) != 0;
  }

  /** Whether the holder was ever sent this owner's copy. */
  boolean wasTried(int holder, int owner) {
    return (tried[owner] & bit(holder)) != 0;
  }

  /** Whether the worker was ever sent any copy of this write. */
  boolean wasUsed(int worker) {
    return (used & bit(worker)) != 0;
  }

  /** The owners that owe an answer to their own copy. */
  long awaitedOwners() {
    long awaited = 0;
    for (int owner = 0; owner < outstanding.length; owner++) {
      awaited |= outstanding[owner] & bit(owner);
    }
    return awaited;
  }

  /** Everybody who owes an answer to any copy for one of the first {@code owners}. */
  long awaitedHolders(int owners) {
    long awaited = 0;
    for (int owner = 0; owner < owners; owner++) {
      awaited |= outstanding[owner];
    }
    return awaited;
  }
}
