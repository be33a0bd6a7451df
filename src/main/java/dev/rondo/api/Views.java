package dev.rondo.api;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Endpoint;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.PurgeObstacles;
import dev.rondo.bus.Reachability;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.ViewAsk;
import dev.rondo.core.member.Topology;
import dev.rondo.http.Faults;
import dev.rondo.http.Rejection;
import io.vertx.core.Future;
import java.util.Optional;

/** What the other verticles say about this worker and its cluster at this moment. */
final class Views {

  private final Bus bus;
  private final long timeoutMillis;

  Views(Bus bus, long timeoutMillis) {
    this.bus = bus;
    this.timeoutMillis = timeoutMillis;
  }

  /** The topology in force. */
  Future<Topology> topology() {
    return ask(Addresses.TOPOLOGY, ViewAsk.NOW);
  }

  /** What this worker is fit for. */
  Future<Fitness> fitness() {
    return ask(Addresses.FITNESS, ViewAsk.NOW);
  }

  /** Figures of this worker's storage. */
  Future<StorageFigures> storage() {
    return ask(Addresses.STORAGE_FIGURES, StorageFigures.Ask.NOW);
  }

  /** Whom this worker can reach. */
  Future<Reachability> reachability() {
    return ask(Addresses.REACHABILITY, Reachability.Ask.NOW);
  }

  /** What this worker's tombstones wait for. */
  Future<PurgeObstacles> purgeObstacles() {
    return ask(Addresses.PURGE_OBSTACLES, PurgeObstacles.Ask.NOW);
  }

  /** An answer that may be missing: a view of the whole shows what there is. */
  static <A> Future<Optional<A>> optional(Future<A> answer) {
    return answer.map(Optional::of).otherwise(Optional.empty());
  }

  /** Asks anything; fails with a {@link Rejection}. */
  <Q, A> Future<A> ask(Endpoint<Q, A> endpoint, Q question) {
    return bus.ask(endpoint, question, timeoutMillis).recover(Faults::ofRead);
  }
}
