package dev.rondo.simulation;

import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Storing.Entry;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.version.HybridClock;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes versions below a durable mark, as the router's stamper does. */
final class Stamper {

  private static final long WINDOW_MILLIS = Worker.MAX_DRIFT_MILLIS / 2;

  private final Worker worker;
  private final HybridClock clock;
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean reserving;
  private int wallCounter;

  Stamper(Worker worker) {
    this.worker = worker;
    this.clock = new HybridClock(worker.id(), worker.disk().clockMark());
  }

  /** A version from this worker's clock, or from a peer's when this one is off. */
  void stamp(List<Integer> peers, Consumer<Version> stamped, Runnable failed) {
    if (isFit()) {
      own(stamped);
    } else {
      new Failover<Version>(worker, peers)
          .run(
              Stamper::askForStamp,
              version -> !version.exists(),
              version -> {
                if (version.exists()) {
                  stamped.accept(version);
                } else {
                  alone(stamped, failed);
                }
              },
              fault -> alone(stamped, failed));
    }
  }

  /** No peer makes one. */
  private void alone(Consumer<Version> stamped, Runnable failed) {
    if (isTimeRight()) {
      own(stamped);
    } else {
      failed.run();
    }
  }

  private static void askForStamp(
      Worker from, Worker peer, Consumer<Version> answer, Consumer<PeerFault.Kind> fault) {
    from.simulation()
        .network()
        .<Version>ask(
            from,
            peer,
            Worker.STORE_TIMEOUT,
            (asked, reply) -> asked.stamper().forPeer(reply),
            answer,
            fault);
  }

  /** A version for a peer; NONE when this worker's own clock is off. */
  private void forPeer(Consumer<Version> stamped) {
    if (isFit()) {
      own(stamped);
    } else {
      stamped.accept(Version.NONE);
    }
  }

  private boolean isFit() {
    return worker.clocks().areSound() && isTimeRight();
  }

  private boolean isTimeRight() {
    return worker.clocks().isTimeSound()
        && clock.aheadMillis(worker.clocks().millis()) <= Worker.MAX_DRIFT_MILLIS;
  }

  private void own(Consumer<Version> stamped) {
    long now = worker.clocks().millis();
    if (worker.simulation().bug() == Bug.STAMPS_BY_THE_WALL_CLOCK) {
      stamped.accept(Version.of(now, wallCounter++, worker.id()));
    } else if (clock.needsReservation(now)) {
      waiting.add(() -> own(stamped));
      reserve(now);
    } else {
      Version version = clock.next(now);
      worker.simulation().history().made(version);
      stamped.accept(version);
    }
  }

  void observe(Version seen) {
    clock.observe(seen);
  }

  private void reserve(long now) {
    if (reserving) {
      return;
    }
    reserving = true;
    long mark = Math.max(now, clock.last() >>> 16) + WINDOW_MILLIS;
    Bytes value = Bytes.utf8(Long.toString(mark));
    worker.store(
        new Entry.Note("clock.highWater", value),
        durable -> {
          reserving = false;
          clock.reserved(mark);
          List<Runnable> all = List.copyOf(waiting);
          waiting.clear();
          all.forEach(Runnable::run);
        });
  }
}
