package dev.rondo.persistence;

import dev.rondo.core.member.Topology;
import dev.rondo.core.ring.Position;
import dev.rondo.core.ring.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of the ring whose keys one worker owns, in ring order, neighbours joined. While the
 * quorums change it owns what it owns by either of them.
 */
final class OwnedArcs {

  private static final long LAST = (1L << 32) - 1;

  private final List<Arc> arcs;

  private OwnedArcs(List<Arc> arcs) {
    this.arcs = arcs;
  }

  /** Positions from {@code first} to {@code last}, both included. */
  record Arc(long first, long last) {}

  /** The arcs of a worker; none when it is not a member. */
  static OwnedArcs of(Topology topology, int worker) {
    int owners = topology.state().ownersMax();
    List<Arc> arcs = new ArrayList<>();
    long first = 0;
    for (Token token : topology.ring().tokens()) {
      long last = Position.toLong(token.position());
      if (first <= last
          && topology.ring().preferenceList(token.position()).isOwner(worker, owners)) {
        add(arcs, new Arc(first, last));
      }
      first = last + 1;
    }
    // What lies behind the last token belongs to the first one.
    if (first <= LAST && topology.ring().preferenceList((int) LAST).isOwner(worker, owners)) {
      add(arcs, new Arc(first, LAST));
    }
    return new OwnedArcs(arcs);
  }

  /** The first owned position at or behind this one; -1 when there is none. */
  long next(long position) {
    int low = 0;
    int high = arcs.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (arcs.get(middle).last() < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == arcs.size() ? -1 : Math.max(position, arcs.get(low).first());
  }

  private static void add(List<Arc> arcs, Arc arc) {
    int previous = arcs.size() - 1;
    if (previous >= 0 && arcs.get(previous).last() + 1 == arc.first()) {
      arcs.set(previous, new Arc(arcs.get(previous).first(), arc.last()));
    } else {
      arcs.add(arc);
    }
  }
}
