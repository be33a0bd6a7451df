package dev.rondo.core.merkle;

import dev.rondo.core.member.Topology;
import dev.rondo.core.ring.Ring;
import org.jspecify.annotations.Nullable;

/** Remembers how the ring was cut that was asked about last, which is nearly always the same. */
public final class LastCut {

  private @Nullable Ring ring;
  private @Nullable RingCut cut;

  /** The cut of a topology's ring. */
  public RingCut of(Topology topology) {
    RingCut known = cut;
    if (known == null || ring != topology.ring()) {
      known = RingCut.of(topology.ring());
      ring = topology.ring();
      cut = known;
    }
    return known;
  }
}
