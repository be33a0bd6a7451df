package dev.rondo.simulation;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing.Entry;
import dev.rondo.bus.Storing.Result;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;

/** One worker fetches what it owns by a state, from all that own it too. */
final class Fill {

  private static final long PAUSE = 30_000;

  private final Worker worker;
  private final Simulation simulation;
  private final Topology topology;
  private final Runnable done;
  private final int incarnation;
  private int open;

  Fill(Worker worker, Topology topology, Runnable done) {
    this.worker = worker;
    this.simulation = worker.simulation();
    this.topology = topology;
    this.done = done;
    this.incarnation = worker.incarnation();
  }

  /** Whether the process that did this is gone. */
  boolean isDead() {
    return worker.incarnation() != incarnation;
  }

  void start() {
    open++;
    for (Key key : simulation.keys()) {
      if (topology.isOwner(worker.id(), key)) {
        fetch(key);
      }
    }
    settled();
  }

  private void fetch(Key key) {
    for (int owner : topology.preferenceList(key).owners(topology.state().ownersMax())) {
      if (owner != worker.id()) {
        open++;
        fetch(key, simulation.workers().get(owner));
      }
    }
  }

  private void fetch(Key key, Worker owner) {
    simulation
        .network()
        .<Holding.Answer>ask(
            worker,
            owner,
            Worker.REPLICA_TIMEOUT,
            (peer, reply) -> peer.lookUp(key, Holding.Want.RECORD, reply),
            held -> keep(key, owner, held),
            fault -> worker.later(PAUSE, () -> fetch(key, owner)));
  }

  private void keep(Key key, Worker owner, Holding.Answer held) {
    if (held instanceof Holding.Answer.Whole whole) {
      worker.store(
          new Entry.Put(key, whole.record()),
          result -> {
            if (result instanceof Result.Refusal) {
              worker.later(PAUSE, () -> fetch(key, owner));
            } else {
              settled();
            }
          });
    } else {
      settled();
    }
  }

  private void settled() {
    open--;
    if (open == 0) {
      done.run();
    }
  }
}
