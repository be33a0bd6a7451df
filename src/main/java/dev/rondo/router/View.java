package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Reachability;
import dev.rondo.bus.ViewAsk;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import dev.rondo.core.ring.PreferenceList;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the router knows of the cluster: followed from the verticles that find it out. */
final class View {

  private final int self;
  private Topology topology;
  private Fitness fitness = Fitness.STARTING;
  private Reachability reachability = new Reachability(Set.of());

  private View(int self, Topology topology) {
    this.self = self;
    this.topology = topology;
  }

  /** Follows everything from now on; completes when there is a topology. */
  static Future<View> follow(Bus bus, int self, long timeoutMillis) {
    return bus.ask(Addresses.TOPOLOGY, ViewAsk.NOW, timeoutMillis)
        .map(topology -> new View(self, topology))
        .onSuccess(
            view -> {
              bus.subscribe(Addresses.TOPOLOGY_CHANGED, view::adopt);
              bus.subscribe(Addresses.FITNESS_CHANGED, fitness -> view.fitness = fitness);
              bus.subscribe(Addresses.REACHABILITY_CHANGED, now -> view.reachability = now);
            })
        .compose(view -> view.catchUp(bus, timeoutMillis));
  }

  /** Asks for what was published before this view listened. */
  private Future<View> catchUp(Bus bus, long timeoutMillis) {
    return Future.all(
            bus.ask(Addresses.TOPOLOGY, ViewAsk.NOW, timeoutMillis).onSuccess(this::adopt),
            bus.ask(Addresses.FITNESS, ViewAsk.NOW, timeoutMillis).onSuccess(now -> fitness = now),
            bus.ask(Addresses.REACHABILITY, Reachability.Ask.NOW, timeoutMillis)
                .onSuccess(now -> reachability = now))
        .map(this);
  }

  private void adopt(Topology newer) {
    if (newer.state().epoch() >= topology.state().epoch()) {
      topology = newer;
    }
  }

  int self() {
    return self;
  }

  Topology topology() {
    return topology;
  }

  Fitness fitness() {
    return fitness;
  }

  int copies() {
    return topology.quorums().replicationFactor();
  }

  boolean isReachable(int worker) {
    return worker == self || reachability.isReachable(worker);
  }

  /** Whether this worker counts for the key itself instead of passing the request on. */
  boolean coordinates(Key key) {
    return fitness.mayCoordinate() && topology.isOwner(self, key);
  }

  /** The other owners of a key, those in reach first. */
  List<Integer> otherOwners(Key key) {
    PreferenceList preference = topology.preferenceList(key);
    List<Integer> near = new ArrayList<>(copies());
    List<Integer> far = new ArrayList<>(0);
    for (int rank = 0; rank < Math.min(copies(), preference.size()); rank++) {
      int owner = preference.worker(rank);
      if (owner != self) {
        (isReachable(owner) ? near : far).add(owner);
      }
    }
    near.addAll(far);
    return near;
  }
}
