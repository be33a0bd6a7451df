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
import dev.rondo.core.quorum.QuorumRules;
import dev.rondo.core.quorum.Reach;
import dev.rondo.core.quorum.Requirement;
import dev.rondo.core.record.Key;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** What the router knows of the cluster: followed from the verticles that find it out. */
final class View implements Reach {

  private final int self;
  private Topology topology;
  private Fitness fitness = Fitness.STARTING;
  private Reachability reachability = new Reachability(Set.of());
  private QuorumRules rules;
  private Consumer<Fitness> follower = news -> {};

  // One for all reads, instead of one each.
  private final IntPredicate behind = this::isBehind;

  private View(int self, Topology topology) {
    this.self = self;
    this.topology = topology;
    this.rules = new QuorumRules(topology.state());
  }

  /** Follows everything from now on; completes when there is a topology. */
  static Future<View> follow(Bus bus, int self, long timeoutMillis) {
    return bus.ask(Addresses.TOPOLOGY, ViewAsk.NOW, timeoutMillis)
        .map(topology -> new View(self, topology))
        .onSuccess(
            view -> {
              bus.subscribe(Addresses.TOPOLOGY_CHANGED, view::adopt);
              bus.subscribe(Addresses.FITNESS_CHANGED, view::adopt);
              bus.subscribe(Addresses.REACHABILITY_CHANGED, now -> view.reachability = now);
            })
        .compose(view -> view.catchUp(bus, timeoutMillis));
  }

  /** Asks for what was published before this view listened. */
  private Future<View> catchUp(Bus bus, long timeoutMillis) {
    return Future.all(
            bus.ask(Addresses.TOPOLOGY, ViewAsk.NOW, timeoutMillis).onSuccess(this::adopt),
            bus.ask(Addresses.FITNESS, ViewAsk.NOW, timeoutMillis).onSuccess(this::adopt),
            bus.ask(Addresses.REACHABILITY, Reachability.Ask.NOW, timeoutMillis)
                .onSuccess(now -> reachability = now))
        .map(this);
  }

  private void adopt(Topology newer) {
    if (newer.state().epoch() >= topology.state().epoch()) {
      topology = newer;
      rules = new QuorumRules(newer.state());
    }
  }

  private void adopt(Fitness news) {
    fitness = news;
    follower.accept(news);
  }

  /** Tells one follower what this worker is fit for, now and after each change. */
  void onFitness(Consumer<Fitness> told) {
    follower = told;
    told.accept(fitness);
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

  /** What writes and reads have to satisfy; another object after every change. */
  QuorumRules rules() {
    return rules;
  }

  @Override
  public boolean isReachable(int worker) {
    return worker == self || reachability.isReachable(worker);
  }

  /** The workers that are better read last. */
  IntPredicate behind() {
    return behind;
  }

  private boolean isBehind(int worker) {
    return worker == self ? !fitness.caughtUp() : reachability.isRecovering(worker);
  }

  @Override
  public boolean mayBeReachable(int worker) {
    return worker == self || reachability.mayBeReachable(worker);
  }

  /** Whether this worker counts for a write of the key itself instead of passing it on. */
  boolean coordinates(Key key) {
    return fitness.mayCoordinate() && topology.isCoordinator(self, key);
  }

  /** The same of a read, for which nobody needs to know what time it is. */
  boolean coordinatesReads(Key key) {
    return fitness.knowsWhatItHolds() && topology.isCoordinator(self, key);
  }

  /** The quorum of a write that clients are told of. */
  Requirement told(Writing.Write write) {
    return rules.write(write.w()).told();
  }

  /** The quorum of a read that clients are told of. */
  Requirement told(Reading.Read read) {
    return rules.read(read.r()).told();
  }

  /** What is wrong with a quorum that is not allowed. */
  String objection(String name, int quorum) {
    return "%s is %d, allowed are 1 to %d (the replication factor)"
        .formatted(name, quorum, topology.quorums().replicationFactor());
  }

  /** The other workers that may coordinate for a key, the likely ones first. */
  List<Integer> otherCoordinators(Key key) {
    return others(topology.preferenceList(key).owners(topology.state().ownersMin()));
  }

  /** All other members, the likely ones first. */
  List<Integer> peers() {
    return others(topology.state().members().stream().map(Member::id).toList());
  }

  /** How many members are in reach, this worker included. */
  int reachable() {
    return (int)
        topology.state().members().stream().filter(member -> isReachable(member.id())).count();
  }

  /** Those that were not away before those that were, and those out of reach last. */
  private List<Integer> others(List<Integer> workers) {
    List<Integer> near = new ArrayList<>(workers.size());
    List<Integer> returning = new ArrayList<>(0);
    List<Integer> far = new ArrayList<>(0);
    for (int worker : workers) {
      if (worker != self) {
        List<Integer> rest = isBehind(worker) ? returning : near;
        (isReachable(worker) ? rest : far).add(worker);
      }
    }
    near.addAll(returning);
    near.addAll(far);
    return near;
  }
}
