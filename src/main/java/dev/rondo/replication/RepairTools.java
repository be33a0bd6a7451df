package dev.rondo.replication;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** What all repairs work with. */
record RepairTools(
    NodeSetup setup,
    Vertx vertx,
    Peers peers,
    LocalHoldings local,
    RemoteHoldings remote,
    Transfer transfer,
    RepairMeters meters,
    Courtesy courtesy,
    Pace pace) {

  static RepairTools of(
      NodeSetup setup, Vertx vertx, Peers peers, BulkClient bulk, Transfer transfer) {
    long bytesPerSecond = setup.config().repair().bytesPerSecond();
    return new RepairTools(
        setup,
        vertx,
        peers,
        new LocalHoldings(setup.bus()),
        new RemoteHoldings(bulk, setup.config().cluster()),
        transfer,
        new RepairMeters(setup.meters()),
        new Courtesy(),
        new Pace(bytesPerSecond, System.nanoTime()));
  }

  boolean isReachable(int peer) {
    PeerLink link = peers.link(peer);
    return link != null && peers.isReachable(link);
  }

  /** Completes when work without hurry may take its next step. */
  Future<?> standBack() {
    long millis = courtesy.pauseMillis();
    return millis == 0 ? Future.succeededFuture() : vertx.timer(millis);
  }

  /** Hands on what was compared, when the bytes that it took may be followed by more. */
  <T> Future<T> spendCompared(long movedBefore, T compared) {
    return spend(remote.moved() - movedBefore).map(compared);
  }

  /** Completes when so many more bytes may be moved. */
  Future<?> spend(long bytes) {
    long millis = pace.spend(bytes, System.nanoTime());
    return millis == 0 ? Future.succeededFuture() : vertx.timer(millis);
  }
}
