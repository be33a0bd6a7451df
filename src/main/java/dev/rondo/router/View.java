package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Reachability;
import dev.rondo.bus.Reading;
import dev.rondo.bus.ViewAsk;
import dev.rondo.bus.Writing;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import dev.rondo.core.ring.PreferenceList;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

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

  /**
   * Whom to count on for a quorum of {@code required} among {@code eligible} workers: those in
   * reach, or when they are too few, everybody who is not known to be away.
   */
  IntPredicate counted(PreferenceList preference, int eligible, int required) {
    int near = 0;
    for (int rank = 0; rank < Math.min(eligible, preference.size()); rank++) {
      near += isReachable(preference.worker(rank)) ? 1 : 0;
    }
    return near >= required ? this::isReachable : this::mayBeReachable;
  }

  boolean mayBeReachable(int worker) {
    return worker == self || reachability.mayBeReachable(worker);
  }

  /** Whether this worker counts for the key itself instead of passing the request on. */
  boolean coordinates(Key key) {
    return fitness.mayCoordinate() && topology.isOwner(self, key);
  }

  /** W of a write: the client's, or else the cluster's. */
  int required(Writing.Write write) {
    return write.w() == 0 ? topology.quorums().writeQuorum() : write.w();
  }

  /** R of a read: the client's, or else the cluster's. */
  int required(Reading.Read read) {
    return read.r() == 0 ? topology.quorums().readQuorum() : read.r();
  }

  /** Whether a client may ask for that many copies or answers; 0 leaves it to the cluster. */
  boolean allows(int quorum) {
    return quorum >= 0 && quorum <= copies();
  }

  /** What is wrong with a quorum that is not allowed. */
  String objection(String name, int quorum) {
    return "%s is %d, allowed are 1 to %d (the replication factor)"
        .formatted(name, quorum, copies());
  }

  /** The other owners of a key, those in reach first. */
  List<Integer> otherOwners(Key key) {
    PreferenceList preference = topology.preferenceList(key);
    return others(preference.owners(Math.min(copies(), preference.size())));
  }

  /** All other members, those in reach first. */
  List<Integer> peers() {
    return others(topology.state().members().stream().map(Member::id).toList());
  }

  private List<Integer> others(List<Integer> workers) {
    List<Integer> near = new ArrayList<>(workers.size());
    List<Integer> far = new ArrayList<>(0);
    for (int worker : workers) {
      if (worker != self) {
        (isReachable(worker) ? near : far).add(worker);
      }
    }
    near.addAll(far);
    return near;
  }
}
