package dev.rondo.bus;

import dev.rondo.core.member.Topology;
import java.util.List;

/** Digests of what this worker holds, to be compared with another worker's. */
public final class Digesting {

  private Digesting() {}

  /**
   * Digests of {@code count} of the 2^{@code bits} ranges of the ring, from {@code from} on, over
   * those keys that both workers own by the topology, as long as a change goes on by either N.
   */
  public record Ranges(Topology topology, int one, int other, int bits, int from, int count) {}

  /** One sum a range, and how many keys they are made of; see {@code core.digest}. */
  public record Digests(List<Long> sums, long keys) {
    public Digests {
      sums = List.copyOf(sums);
    }
  }
}
