package dev.rondo.simulation;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Topology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Changes N, W and R while clients and faults go on. What the members agree on is given here; who
 * hears of it when, is not.
 */
final class Controller {

  private static final long LOOK = 20_000;

  /** A read that began before the end of a change has run out of time by then. */
  private static final long CLEANUP_DELAY = Worker.REQUEST_TIMEOUT;

  private final Simulation simulation;
  private final Random random;
  private final Map<Worker, Fill> fills = new HashMap<>();
  private final Set<Worker> filled = new HashSet<>();
  private Topology topology;
  private boolean cleaned = true;
  private int changes;

  Controller(Simulation simulation, Topology first) {
    this.simulation = simulation;
    this.random = simulation.random();
    this.topology = first;
  }

  void start() {
    simulation.time().after(random.nextInt(500_000), this::change);
  }

  /** What was agreed on last. */
  Topology topology() {
    return topology;
  }

  /** How many changes have come to their end. */
  int changes() {
    return changes;
  }

  /** Whether no change is under way any more, and everybody knows. */
  boolean isDone() {
    return topology.state().isSettled() && isKnownToAll() && cleaned;
  }

  private void change() {
    if (simulation.isOpen()) {
      cleaned = false;
      decide(topology.state().changingTo(simulation.scenario().otherQuorums(random)));
    }
  }

  private void decide(ClusterState next) {
    simulation.trace().add("STATE", next.epoch(), next.quorums(), "former", next.former());
    topology = new Topology(next);
    fills.clear();
    filled.clear();
    look();
  }

  private void look() {
    if (!isKnownToAll()) {
      simulation.workers().forEach(this::tell);
    } else if (topology.state().isSettled()) {
      cleanUpLater();
      simulation.time().after(random.nextInt(800_000), this::change);
      return;
    } else if (filled.size() == simulation.workers().size()) {
      changes++;
      decide(topology.state().settled());
      return;
    } else {
      simulation.workers().forEach(this::fill);
    }
    simulation.time().after(LOOK, this::look);
  }

  private boolean isKnownToAll() {
    return simulation.workers().stream()
        .allMatch(worker -> worker.adopted().epoch() == topology.state().epoch());
  }

  /** News takes its time, another time for everybody. */
  private void tell(Worker worker) {
    Topology news = topology;
    if (worker.isUp() && worker.adopted().epoch() < news.state().epoch()) {
      worker.later(random.nextInt(300_000), () -> worker.adopted().adopt(news));
    }
  }

  /** Once everybody works by the joint state, and again where the worker has died since. */
  private void fill(Worker worker) {
    Fill fill = fills.get(worker);
    if (worker.isUp() && !filled.contains(worker) && (fill == null || fill.isDead())) {
      Fill another = new Fill(worker, topology, () -> filled.add(worker));
      fills.put(worker, another);
      another.start();
    }
  }

  private void cleanUpLater() {
    Topology settled = topology;
    for (Worker worker : simulation.workers()) {
      worker.later(CLEANUP_DELAY, () -> new Cleanup(worker, settled).start());
    }
    simulation.time().after(CLEANUP_DELAY + Worker.REPLICA_TIMEOUT, () -> cleaned = true);
  }
}
