package dev.rondo.config;

/**
 * How long everything may take, in milliseconds. They nest outwards, so that the inner one always
 * fails first and can still be reported: store, replica, coordinate, request.
 *
 * @param storeMillis for this worker's own storage
 * @param replicaMillis for one peer's answer
 * @param coordinateMillis for the verdict over a write or read
 * @param requestMillis for a client's request, unless it says otherwise
 * @param hedgeMillis of silence after which another worker is asked and the silent one suspected
 */
public record Timeouts(
    int storeMillis, int replicaMillis, int coordinateMillis, int requestMillis, int hedgeMillis) {

  public Timeouts {
    Check.range("timeouts.hedgeMillis", hedgeMillis, 1, 10_000);
    Check.range("timeouts.storeMillis", storeMillis, hedgeMillis + 1L, 600_000);
    Check.range("timeouts.replicaMillis", replicaMillis, storeMillis + 1L, 600_000);
    Check.range("timeouts.coordinateMillis", coordinateMillis, replicaMillis + 1L, 600_000);
    Check.range("timeouts.requestMillis", requestMillis, coordinateMillis + 1L, 600_000);
  }
}
