package dev.rondo.controller.web;

import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkProgress;
import dev.rondo.bus.WorkerReport;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.controller.web.WorkRates.Piece;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up what several workers report of the same piece of work, such as hints for one worker.
 *
 * <p>A part that is over, or whose worker has gone, counts until the whole piece is over: else the
 * piece would step back each time that one of several is done.
 */
final class WorkSums {

  private final Map<Piece, Map<Integer, Part>> pieces = new HashMap<>();

  /** The pieces that are not over, in a stable order. */
  Map<Piece, WorkProgress> of(Roster roster) {
    Map<Piece, Map<Integer, WorkProgress>> reports = reports(roster);
    pieces.keySet().retainAll(reports.keySet());
    Map<Piece, WorkProgress> sums = new TreeMap<>();
    reports.forEach((piece, running) -> sums.put(piece, sum(piece, running)));
    return sums;
  }

  private static Map<Piece, Map<Integer, WorkProgress>> reports(Roster roster) {
    Map<Piece, Map<Integer, WorkProgress>> reports = new HashMap<>();
    for (Roster.Entry entry : roster.workers()) {
      WorkerReport report = entry.report();
      if (report != null && entry.status() != WorkerStatus.OFFLINE) {
        for (WorkProgress work : report.work()) {
          if (!work.over()) {
            Piece piece = new Piece(work.kind(), work.worker());
            reports.computeIfAbsent(piece, unknown -> new HashMap<>()).put(entry.id(), work);
          }
        }
      }
    }
    return reports;
  }

  private WorkProgress sum(Piece piece, Map<Integer, WorkProgress> running) {
    Map<Integer, Part> parts = pieces.computeIfAbsent(piece, unknown -> new TreeMap<>());
    parts.forEach((worker, part) -> part.running = running.containsKey(worker));
    running.forEach(
        (worker, work) -> {
          Part part = parts.get(worker);
          if (part == null) {
            parts.put(worker, new Part(work));
          } else {
            part.went(work, parts.size() > 1);
          }
        });
    WorkProgress any = running.values().iterator().next();
    // What one of them cannot tell yet is left out, unless nobody can.
    boolean isKnown = parts.values().stream().anyMatch(part -> part.total() > 0);
    long done = 0;
    long total = 0;
    for (Part part : parts.values()) {
      if (!isKnown || part.total() > 0) {
        done += part.done();
        total += part.total();
      }
    }
    return new WorkProgress(piece.kind(), piece.worker(), done, total, any.unit(), false);
  }

  /** What one worker does of a piece, in one run or in several. */
  private static final class Part {
    private long before;
    private WorkProgress last;
    private boolean running = true;

    Part(WorkProgress first) {
      last = first;
    }

    /** One of several goes on where its former run ended; one alone begins the piece anew. */
    void went(WorkProgress work, boolean isOneOfSeveral) {
      if (isOneOfSeveral && work.done() < last.done()) {
        before += last.done();
      }
      last = work;
    }

    long done() {
      return before + last.done();
    }

    long total() {
      return last.total() > 0 ? before + last.total() : running ? 0 : done();
    }
  }
}
