package dev.rondo.bus;

import dev.rondo.core.member.Topology;
import java.util.List;

/** Digests of parts of what this worker holds, out of its Merkle trees; see {@code core.merkle}. */
public final class Branching {

  private Branching() {}

  /**
   * The digests of all children of some nodes, in the trees of the topology's ring.
   *
   * @param level of the digests; 0 for the roots themselves, the parents are the arcs then
   */
  public record Branches(Topology topology, int level, List<Integer> parents) {
    public Branches {
      parents = List.copyOf(parents);
    }
  }

  /** What can be told of them. */
  public sealed interface Answer {

    /** One digest a child, in the order of the parents. */
    record Digests(List<Long> digests) implements Answer {
      public Digests {
        digests = List.copyOf(digests);
      }
    }

    /** There are no trees of this ring yet. */
    enum Absent implements Answer {
      ABSENT
    }
  }
}
