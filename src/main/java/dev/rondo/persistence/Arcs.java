package dev.rondo.persistence;

import dev.rondo.core.digest.RingRanges;
import dev.rondo.core.member.Topology;
import dev.rondo.core.merkle.RingCut;
import dev.rondo.core.merkle.Span;
import dev.rondo.core.ring.Position;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.ring.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Parts of the ring, in ring order, neighbours joined. Who owns what is meant as long as a change
 * goes on by the larger N.
 */
final class Arcs {

  private static final long LAST = (1L << 32) - 1;

  private final List<Arc> arcs = new ArrayList<>();

  private Arcs() {}

  /** Positions from {@code first} to {@code last}, both included. */
  record Arc(long first, long last) {}

  /** Where a worker owns the keys; nowhere when it is not a member. */
  static Arcs owned(Topology topology, int worker) {
    int owners = topology.state().ownersMax();
    return where(topology, list -> list.isOwner(worker, owners));
  }

  /** Where both workers own the keys. */
  static Arcs shared(Topology topology, int one, int other) {
    int owners = topology.state().ownersMax();
    return where(topology, list -> list.isOwner(one, owners) && list.isOwner(other, owners));
  }

  /** Where a worker does not own the keys. */
  static Arcs foreign(Topology topology, int worker) {
    int owners = topology.state().ownersMax();
    return where(topology, list -> !list.isOwner(worker, owners));
  }

  /** Some ranges, in ascending order. */
  static Arcs of(RingRanges cut, List<Integer> ranges) {
    Arcs arcs = new Arcs();
    ranges.forEach(range -> arcs.add(cut.first(range), cut.last(range)));
    return arcs;
  }

  /** Some buckets of the Merkle trees, in any order. */
  static Arcs of(RingCut cut, List<Integer> buckets) {
    Arcs arcs = new Arcs();
    buckets.stream()
        .flatMap(bucket -> cut.spans(bucket).stream())
        .sorted(Comparator.comparingLong(Span::first))
        .forEach(span -> arcs.add(span.first(), span.last()));
    return arcs;
  }

  private static Arcs where(Topology topology, Predicate<PreferenceList> wanted) {
    Arcs arcs = new Arcs();
    long first = 0;
    for (Token token : topology.ring().tokens()) {
      long last = Position.toLong(token.position());
      if (first <= last && wanted.test(topology.ring().preferenceList(token.position()))) {
        arcs.add(first, last);
      }
      first = last + 1;
    }
    // What lies behind the last token belongs to the first one.
    if (first <= LAST && wanted.test(topology.ring().preferenceList((int) LAST))) {
      arcs.add(first, LAST);
    }
    return arcs;
  }

  /** What lies in these and in the others. */
  Arcs and(Arcs others) {
    Arcs both = new Arcs();
    int mine = 0;
    int theirs = 0;
    while (mine < arcs.size() && theirs < others.arcs.size()) {
      Arc one = arcs.get(mine);
      Arc other = others.arcs.get(theirs);
      long first = Math.max(one.first(), other.first());
      long last = Math.min(one.last(), other.last());
      if (first <= last) {
        both.add(first, last);
      }
      if (one.last() < other.last()) {
        mine++;
      } else {
        theirs++;
      }
    }
    return both;
  }

  /** The first position of these at or behind this one; -1 when there is none. */
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

  private void add(long first, long last) {
    int previous = arcs.size() - 1;
    if (previous >= 0 && arcs.get(previous).last() + 1 == first) {
      arcs.set(previous, new Arc(arcs.get(previous).first(), last));
    } else {
      arcs.add(new Arc(first, last));
    }
  }
}
