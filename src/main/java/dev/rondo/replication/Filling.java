package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Filled;
import dev.rondo.bus.WorkProgress.Kind;
import dev.rondo.core.member.Topology;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets this worker the copies that it owns while the quorums change: it is reconciled with every
 * other member under the state that says so, and waits for those that are away. What it has reached
 * is not kept: after a restart it compares again, which is quick where nothing differs.
 */
final class Filling {

  private static final Logger log = LoggerFactory.getLogger(Filling.class);

  /** Whoever follows this may have started later. */
  private static final long REPEAT_MILLIS = 3_000;

  /** Until those are looked at again from whom not everything could be taken. */
  private static final long AGAIN_MILLIS = 10_000;

  private final RepairTools tools;
  private @Nullable Topology topology;
  private boolean running;
  private long filledEpoch;
  private long toldMillis;
  private long notBefore = Long.MIN_VALUE;
  private int generation;

  Filling(RepairTools tools) {
    this.tools = tools;
  }

  void follow(Topology newer) {
    topology = newer;
    generation++;
    running = false;
  }

  /** Goes on with whatever is to be done, if this worker holds its own data. */
  void look() {
    Topology state = topology;
    if (state == null || state.state().isSettled()) {
      return;
    }
    if (state.state().epoch() == filledEpoch) {
      repeat();
    } else if (!running && Transport.millis() >= notBefore) {
      fill(state);
    }
  }

  private void fill(Topology state) {
    running = true;
    int mine = generation;
    Round round = new Round(tools, Kind.REBALANCE, state, Round.FOR_EVER, () -> mine == generation);
    round
        .run(Round.others(state, tools.setup().id()))
        .onSuccess(refused -> filled(state.state().epoch(), refused, round.isIncomplete()));
  }

  /** A peer that refused copies fills itself and is not filled before it has them. */
  private void filled(long epoch, Set<Integer> refused, boolean incomplete) {
    running = false;
    if (incomplete) {
      notBefore = Transport.millis() + AGAIN_MILLIS;
      log.warn("Copies whose versions are too far ahead are waited for epoch={}", epoch);
      return;
    }
    filledEpoch = epoch;
    log.info("Holds all copies that it owns epoch={} refusedBy={}", epoch, refused);
    tell();
  }

  private void repeat() {
    if (Transport.millis() - toldMillis >= REPEAT_MILLIS) {
      tell();
    }
  }

  private void tell() {
    toldMillis = Transport.millis();
    tools.setup().bus().publish(Addresses.FILLED, new Filled(filledEpoch));
  }

  /** Goes on where another generation stopped. */
  void resume(long epoch) {
    filledEpoch = Math.max(filledEpoch, epoch);
  }

  /** The state under which this worker has all copies that it owns. */
  long filledEpoch() {
    return filledEpoch;
  }

  void stop() {
    generation++;
    running = false;
  }
}
