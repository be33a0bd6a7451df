package dev.rondo.controller.web;

import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkProgress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How fast the background work of the cluster comes on, measured over the last seconds. */
final class WorkRates {

  private static final long WINDOW_MILLIS = 5000;

  /** A piece of work: its kind and whom it is about. */
  record Piece(WorkProgress.Kind kind, int worker) implements Comparable<Piece> {

    @Override
    public int compareTo(Piece other) {
      return Comparator.comparing(Piece::kind).thenComparing(Piece::worker).compare(this, other);
    }
  }

  /** A piece that is not over, and its units a second. */
  record Work(Piece piece, long done, long total, String unit, double rate) {}

  private record Sample(long atMillis, long done) {}

  private final Map<Piece, Deque<Sample>> samples = new HashMap<>();
  private final WorkSums parts = new WorkSums();

  /** The work under way, in a stable order. */
  List<Work> of(Roster roster, long nowMillis) {
    Map<Piece, WorkProgress> sums = parts.of(roster);
    samples.keySet().retainAll(sums.keySet());
    List<Work> all = new ArrayList<>();
    sums.forEach(
        (piece, sum) ->
            all.add(
                new Work(piece, sum.done(), sum.total(), sum.unit(), rate(piece, sum, nowMillis))));
    return all;
  }

  private double rate(Piece piece, WorkProgress sum, long nowMillis) {
    Deque<Sample> window = samples.computeIfAbsent(piece, unknown -> new ArrayDeque<>());
    if (!window.isEmpty() && window.getLast().done() > sum.done()) {
      window.clear();
    }
    while (window.size() > 1 && window.getFirst().atMillis() < nowMillis - WINDOW_MILLIS) {
      window.removeFirst();
    }
    if (window.isEmpty() || window.getLast().atMillis() < nowMillis) {
      window.addLast(new Sample(nowMillis, sum.done()));
    }
    Sample first = window.getFirst();
    long millis = nowMillis - first.atMillis();
    return millis <= 0 ? 0 : (sum.done() - first.done()) * 1000.0 / millis;
  }
}
