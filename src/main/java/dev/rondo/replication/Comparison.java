package dev.rondo.replication;

import dev.rondo.core.digest.RingRanges;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;

/**
 * Between whom, and by which state, holdings are compared. Both sides must go by the same one:
 * another would restrict the comparison to other keys.
 */
record Comparison(Topology topology, int self, Member peer) {

  /** How the ring is cut. */
  static final RingRanges RANGES = new RingRanges(12);

  /** Within this time an answer must be complete. */
  static final long DEADLINE_MILLIS = 10_000;

  long epoch() {
    return topology.state().epoch();
  }
}
