package dev.rondo.core.quorum;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A random course of events for a round: what happens next, and to which of the open questions. */
record Script(
    int workers, int owners, int required, boolean flag, int down, List<Integer> choices) {

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
            Arbitraries.integers().between(0, 9_999).list().ofMinSize(60).ofMaxSize(60))
        .as(
            (required, flag, down, choices) ->
                new Script(workers, owners, required, flag, down, choices));
  }

  boolean isReachable(int worker) {
    return (down & (1 << worker)) == 0;
  }
}
