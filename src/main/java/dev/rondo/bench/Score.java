package dev.rondo.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What came of a stretch, or of several of the same side.
 *
 * @param elapsedNanos over which throughput counts: a last answer that never came does not prolong
 *     it
 * @param gapNanos the longest time without a success, for each target
 * @param serverMicros processor time of the processes given with {@code --pid}; NaN when unknown
 * @param clientMicros processor time of this process; NaN when unknown
 */
record Score(
    Tally tally, long elapsedNanos, List<Long> gapNanos, double serverMicros, double clientMicros) {

  Score {
    gapNanos = List.copyOf(gapNanos);
  }

  /** Both together, as if one had followed the other at once. */
  Score plus(Score other) {
    Tally both = new Tally();
    both.add(tally);
    both.add(other.tally);
    List<Long> gaps =
        IntStream.range(0, gapNanos.size())
            .mapToObj(i -> Math.max(gapNanos.get(i), other.gapNanos.get(i)))
            .toList();
    return new Score(
        both,
        elapsedNanos + other.elapsedNanos,
        gaps,
        serverMicros + other.serverMicros,
        clientMicros + other.clientMicros);
  }

  /** Successes a second. */
  double throughput() {
    return tally.succeeded() / (elapsedNanos / 1e9);
  }

  /** Processor time of the servers for one success, in microseconds; NaN when unknown. */
  double serverMicrosEach() {
    return serverMicros / tally.succeeded();
  }

  /** Processor time of this client for one success, in microseconds; NaN when unknown. */
  double clientMicrosEach() {
    return clientMicros / tally.succeeded();
  }
}
