package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Fitness.Finding;
import dev.rondo.bus.PurgeObstacles;
import dev.rondo.bus.Repairing;
import dev.rondo.bus.Traffic;
import dev.rondo.core.member.Topology;
import dev.rondo.core.purge.Clearance;
import dev.rondo.wire.PeerState;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * Decides when this worker compares what it holds with others: when it has been away, while the
 * quorums change, and afterwards; and when it fetches what it cannot read. Does nothing before this
 * worker knows that its data is its own, and holds what it lost.
 */
final class Repair {

  private static final long LOOK_MILLIS = 1_000;
  private static final double MICROS = TimeUnit.MILLISECONDS.toMicros(1);

  /** This process did not run for so long: others may have taken it for dead. */
  private static final long PAUSED_MILLIS = 5_000;

  private final Bus bus;
  private final CompareGate gate;
  private final BooleanSupplier complete;
  private final Recovery recovery;
  private final Filling filling;
  private final Cleanup cleanup;
  private final Mending mending;
  private final AntiEntropy antiEntropy;
  private final Purging purging;
  private final RepairTools tools;
  private final PauseWatch pauses = new PauseWatch(LOOK_MILLIS, PAUSED_MILLIS, Transport.millis());
  private boolean knowsTopology;
  private boolean begun;
  private boolean missed;
  private boolean acting;
  private boolean isClockSound;

  /**
   * The repairs of a worker that has not started.
   *
   * @param complete whether this worker holds all that it ever acknowledged
   */
  Repair(RepairTools tools, CompareGate gate, BooleanSupplier complete) {
    this.tools = tools;
    this.bus = tools.setup().bus();
    this.gate = gate;
    this.complete = complete;
    this.recovery = new Recovery(tools);
    this.filling = new Filling(tools);
    this.cleanup = new Cleanup(tools);
    this.mending = new Mending(tools);
    this.antiEntropy = new AntiEntropy(tools);
    this.purging = new Purging(tools, this::isFit, cleanup::isClean);
  }

  /** Listens, and does nothing yet. */
  void listen() {
    bus.subscribe(Addresses.FINDING, this::learn);
    bus.subscribe(Addresses.TRAFFIC, this::hear);
    bus.subscribe(Addresses.REPAIR_ORDERED, this::order);
    bus.subscribe(Addresses.CATCH_UP, news -> missed());
  }

  /** Begins as the first generation of a process. */
  void start() {
    act();
    recovery.announce();
    begin();
  }

  /**
   * Goes on where another generation stopped; comparisons that were under way begin anew.
   *
   * @param clock what the node was told last of its clock; it is told again only when that changes
   */
  void resume(PeerState.Repairs before, Finding.Clock clock) {
    act();
    isClockSound = clock.sound();
    begun = before.begun();
    recovery.resume(before.caughtUp(), before.owed());
    filling.resume(before.filledEpoch());
    cleanup.resume(before.cleanupMillis());
    antiEntropy.resume(before.exchanges());
    mending.resume();
    begin();
    if (begun && (missed || !before.caughtUp())) {
      recovery.begin("a new generation goes on with it");
    }
    missed = false;
  }

  /** Until now it was not this one that looked. */
  private void act() {
    acting = true;
    purging.begin();
    pauses.wasPaused(Transport.millis());
  }

  /** Leaves it to another generation. */
  PeerState.Repairs giveUp() {
    PeerState.Repairs left =
        new PeerState.Repairs(
            begun,
            recovery.isCaughtUp(),
            recovery.owed(),
            filling.filledEpoch(),
            cleanup.notBefore(),
            antiEntropy.giveUp());
    stop();
    return left;
  }

  private void missed() {
    missed = !acting;
    catchUp("the controller missed this worker");
  }

  private void learn(Finding finding) {
    if (finding instanceof Finding.Complete found) {
      begun &= found.complete();
      purging.forget();
      begin();
    } else if (finding instanceof Finding.Clock found) {
      isClockSound = found.sound();
      if (!isClockSound) {
        purging.forget();
      }
    } else if (finding instanceof Finding.CaughtUp found && found.caughtUp()) {
      cleanup.trigger();
      antiEntropy.trigger();
    }
  }

  private void order(Repairing.Order order) {
    antiEntropy.order(order);
    goOn();
  }

  private void hear(Traffic sample) {
    Histogram latency =
        Histogram.decodeFromByteBuffer(ByteBuffer.wrap(sample.latency().toArray()), 0);
    double p99 = latency.getValueAtPercentile(99) / MICROS;
    tools.courtesy().heard(p99, latency.getTotalCount(), antiEntropy.isRunning());
  }

  void follow(Topology newer) {
    knowsTopology = true;
    gate.follow(newer);
    recovery.follow(newer);
    filling.follow(newer);
    cleanup.follow(newer);
    mending.follow(newer);
    antiEntropy.follow(newer);
    purging.follow(newer);
    begin();
  }

  private void begin() {
    if (!begun && acting && knowsTopology && complete.getAsBoolean()) {
      begun = true;
      recovery.begin("start");
    }
    goOn();
  }

  private void catchUp(String why) {
    if (begun && acting) {
      purging.forget();
      recovery.begin(why);
    }
  }

  private boolean isFit() {
    return begun && isClockSound && recovery.isCaughtUp() && complete.getAsBoolean();
  }

  /** What this worker says of itself to one that wants to purge tombstones. */
  Future<Clearance> clearance(long epoch) {
    return purging.clearance(epoch, 0);
  }

  /** What the tombstones of this worker wait for. */
  PurgeObstacles obstacles() {
    return new PurgeObstacles(purging.obstacles());
  }

  /** Looks after everything; every second. */
  void look() {
    if (pauses.wasPaused(Transport.millis())) {
      catchUp("this worker was paused");
    }
    goOn();
  }

  private void goOn() {
    if (begun && acting) {
      filling.look();
      mending.look();
      recovery.payBack();
      if (recovery.isCaughtUp()) {
        cleanup.look();
        antiEntropy.look(recovery.owed());
        if (isClockSound) {
          purging.look();
        }
      }
    }
  }

  void stop() {
    acting = false;
    recovery.stop();
    filling.stop();
    cleanup.stop();
    mending.stop();
    antiEntropy.stop();
    purging.stop();
  }
}
