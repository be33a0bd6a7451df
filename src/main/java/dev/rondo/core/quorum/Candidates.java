package dev.rondo.core.quorum;

import static dev.rondo.core.quorum.SentCopies.bit;

import dev.rondo.core.ring.PreferenceList;

/**
 * Whom one request can count on.
 *
 * <p>Those in reach; or when they are too few among the owners, everybody who is not known to be
 * away. Stand-ins do not make up for owners that are only silent: a busy machine is silent for a
 * moment too, and the next read would ask these owners.
 */
final class Candidates {

  private final PreferenceList preference;
  private final Requirements requirements;
  private final int self;
  private final Reach reach;

  /** Whether the silent are counted on as well. */
  private final boolean silentToo;

  Candidates(PreferenceList preference, Requirements requirements, int self, Reach reach) {
    this.preference = preference;
    this.requirements = requirements;
    this.self = self;
    this.reach = reach;
    this.silentToo = !requirements.canBeMetBy(ranks(requirements.owners(), false), false);
  }

  /** Whether the worker at this rank is one to count on. */
  boolean isCandidate(int rank) {
    return isInReach(rank, silentToo);
  }

  /** Whether the worker at this rank is worth asking now. */
  boolean isInReach(int rank) {
    return isInReach(rank, false);
  }

  /** Whether the worker at this rank is not known to be away. */
  boolean isConnected(int rank) {
    return isInReach(rank, true);
  }

  /** Whether the worker at one rank comes sooner behind this worker by number, in a circle. */
  boolean isNearer(int rank, int other) {
    int steps = preference.worker(rank) - self - 1;
    return Integer.compareUnsigned(steps, preference.worker(other) - self - 1) < 0;
  }

  private boolean isInReach(int rank, boolean evenSilent) {
    int worker = preference.worker(rank);
    return worker == self
        || (evenSilent ? reach.mayBeReachable(worker) : reach.isReachable(worker));
  }

  /** Whether the requirements can be met, by what is known before sending. */
  boolean suffice(boolean standIns) {
    return requirements.canBeMetBy(ranks(standIns), standIns);
  }

  /** Of two requirements, the one that has fewer candidates to spare. */
  Requirement scarcest(boolean standIns) {
    return requirements.scarcest(ranks(standIns), standIns);
  }

  /** How many distinct candidates could count towards {@link #scarcest}. */
  int available(boolean standIns) {
    return requirements.available(ranks(standIns), standIns);
  }

  private long ranks(boolean standIns) {
    return ranks(standIns ? preference.size() : requirements.owners(), silentToo);
  }

  private long ranks(int first, boolean evenSilent) {
    long ranks = 0;
    for (int rank = 0; rank < Math.min(first, Long.SIZE); rank++) {
      ranks |= isInReach(rank, evenSilent) ? bit(rank) : 0;
    }
    return ranks;
  }
}
