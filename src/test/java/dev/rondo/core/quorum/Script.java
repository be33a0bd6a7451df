package dev.rondo.core.quorum;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A random course of events for a round: what happens next, and to which of the open questions. */
record Script(
    int workers,
    int owners,
    int required,
    boolean flag,
    int down,
    int silent,
    int behind,
    List<Integer> choices)
    implements Reach {

  static Arbitrary<Script> any() {
    return Arbitraries.integers()
        .between(1, 7)
        .flatMap(workers -> Arbitraries.integers().between(1, workers).flatMap(n -> of(workers, n)))
        .withoutEdgeCases();
  }

  private static Arbitrary<Script> of(int workers, int owners) {
    return Combinators.combine(
            Arbitraries.integers().between(1, owners),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 127),
            Arbitraries.integers().between(0, 127),
            Arbitraries.integers().between(0, 127),
            Arbitraries.integers().between(0, 9_999).list().ofMinSize(60).ofMaxSize(60))
        .as(
            (required, flag, down, silent, behind, choices) ->
                new Script(workers, owners, required, flag, down, silent, behind, choices));
  }

  @Override
  public boolean isReachable(int worker) {
    return mayBeReachable(worker) && (silent & (1 << worker)) == 0;
  }

  @Override
  public boolean mayBeReachable(int worker) {
    return (down & (1 << worker)) == 0;
  }

  /** Whether the worker was away and has not caught up. */
  boolean isBehind(int worker) {
    return (behind & (1 << worker)) != 0;
  }
}
