package dev.rondo.bus;

import java.util.List;

/**
 * What a worker last said of itself.
 *
 * @param hints that it holds for others
 * @param readsPerSecond of clients, at this worker
 * @param p50Millis of those requests; 0 without any
 * @param recent the last keys that changed, newest first
 * @param suspects the peers that it cannot reach
 * @param filledEpoch the last change of quorums for which it has all of its copies
 * @param verticles without what is in flight
 */
public record WorkerReport(
    long epoch,
    long filledEpoch,
    long keys,
    long bytes,
    long hints,
    double readsPerSecond,
    double writesPerSecond,
    double failuresPerSecond,
    double p50Millis,
    double p99Millis,
    List<Recent> recent,
    List<WorkProgress> work,
    List<Integer> suspects,
    boolean diskFull,
    boolean mayCoordinate,
    long clockOffsetMillis,
    List<Redeploying.Verticle> verticles) {

  public WorkerReport {
    recent = List.copyOf(recent);
    work = List.copyOf(work);
    suspects = List.copyOf(suspects);
    verticles = List.copyOf(verticles);
  }

  /** A key that changed, and whether the worker is its first owner. */
  public record Recent(RecentChange change, boolean primary) {}
}
