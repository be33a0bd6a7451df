package dev.rondo.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time, in microseconds, and what is due in it. */
final class Timeline {

  private record Due(long at, long order, Runnable action) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private long now;
  private long added;

  long now() {
    return now;
  }

  void after(long micros, Runnable action) {
    queue.add(new Due(now + micros, added++, action));
  }

  /** Runs everything that is due until then. */
  void runUntil(long then) {
    for (Due due = queue.peek(); due != null && due.at <= then; due = queue.peek()) {
      queue.remove();
      now = due.at;
      due.action.run();
    }
    now = then;
  }
}
