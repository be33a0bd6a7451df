package dev.rondo.simulation;

import dev.rondo.bus.Holding;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Storing.Entry;
import dev.rondo.bus.Storing.Result;
import dev.rondo.core.digest.Differences;
import dev.rondo.core.digest.Looks;
import dev.rondo.core.digest.Looks.Held;
import dev.rondo.core.digest.Looks.Look;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One worker compares what it holds with a peer, looks twice, and moves what differs. */
final class Exchange {

  private static final long PAUSE = 400_000;
  private static final long SECOND_LOOK = 250_000;

  private final Worker worker;
  private final Worker peer;
  private final Topology topology;

  Exchange(Worker worker, Worker peer) {
    this.worker = worker;
    this.peer = peer;
    this.topology = worker.adopted().topology();
  }

  /** Makes one with somebody every now and then, as long as this process lives. */
  static void keepGoing(Worker worker) {
    Simulation simulation = worker.simulation();
    Worker peer =
        simulation.workers().get(simulation.random().nextInt(simulation.workers().size()));
    if (peer != worker) {
      new Exchange(worker, peer).start();
    }
    worker.later(PAUSE, () -> keepGoing(worker));
  }

  void start() {
    look(
        first -> {
          if (!first.mine().equals(first.theirs())) {
            worker.later(SECOND_LOOK, () -> look(second -> move(Looks.settle(first, second))));
          }
        });
  }

  /** Fetches what the peer has later, as after an absence; tells whether that is done. */
  void catchUp(Consumer<Boolean> done) {
    look(
        look -> {
          List<Key> later =
              look.theirs().keySet().stream().filter(key -> isLater(look, key)).toList();
          Progress progress = new Progress(later.size(), done);
          later.forEach(key -> fetch(key, progress::fetched));
          progress.judge();
        },
        fault -> done.accept(false));
  }

  private static boolean isLater(Look look, Key key) {
    Held mine = look.mine().get(key);
    return mine == null || look.theirs().get(key).version().isAfter(mine.version());
  }

  /** How many records are still to come. */
  private static final class Progress {
    private final Consumer<Boolean> done;
    private int open;
    private boolean complete = true;

    Progress(int open, Consumer<Boolean> done) {
      this.open = open;
      this.done = done;
    }

    void fetched(boolean stored) {
      complete &= stored;
      open--;
      judge();
    }

    void judge() {
      if (open == 0) {
        done.accept(complete);
      }
    }
  }

  private void look(Consumer<Look> then) {
    look(then, fault -> {});
  }

  private void look(Consumer<Look> then, Consumer<PeerFault.Kind> failed) {
    worker
        .simulation()
        .network()
        .<Map<Key, Held>>ask(
            worker,
            peer,
            Worker.REPLICA_TIMEOUT,
            (asked, reply) -> reply.accept(held(asked)),
            theirs -> then.accept(new Look(held(worker), theirs)),
            failed);
  }

  private Map<Key, Held> held(Worker whose) {
    Map<Key, Held> held = new HashMap<>();
    for (Key key : worker.simulation().keys()) {
      StoredRecord record = whose.disk().holds(key);
      if (record != null
          && topology.isOwner(worker.id(), key)
          && topology.isOwner(peer.id(), key)
          && !(record.isTombstone() && isBlindToTombstones())) {
        held.put(key, new Held(record.version(), false));
      }
    }
    return held;
  }

  private boolean isBlindToTombstones() {
    return worker.simulation().bug() == Bug.EXCHANGES_LEAVE_OUT_TOMBSTONES;
  }

  private void move(Differences differences) {
    differences.fetch().forEach(key -> fetch(key, stored -> {}));
    differences.push().forEach(this::push);
  }

  private void fetch(Key key, Consumer<Boolean> done) {
    worker
        .simulation()
        .network()
        .<Holding.Answer>ask(
            worker,
            peer,
            Worker.REPLICA_TIMEOUT,
            (asked, reply) -> asked.lookUp(key, Holding.Want.RECORD, reply),
            held -> {
              if (held instanceof Holding.Answer.Whole whole) {
                Entry copy = new Entry.Put(key, whole.record());
                worker.receive(copy, result -> done.accept(!(result instanceof Result.Refusal)));
              } else {
                done.accept(false);
              }
            },
            fault -> done.accept(false));
  }

  private void push(Key key) {
    StoredRecord record = worker.disk().holds(key);
    if (record != null) {
      worker.simulation().trace().add(worker, "pushes", key, record.version(), "to", peer);
      worker
          .simulation()
          .network()
          .<Result>ask(
              worker,
              peer,
              Worker.REPLICA_TIMEOUT,
              (asked, reply) -> asked.receive(new Entry.Put(key, record), reply),
              result -> {},
              fault -> {});
    }
  }
}
