package dev.rondo.simulation;

import dev.rondo.core.version.SteadyClock;
import dev.rondo.core.version.TimeAccord;
import dev.rondo.core.version.Version;
import java.util.Arrays;

/** The clocks of one worker: the wall clock can be wrong, and the rest dies with the process. */
final class Clocks {

  private static final long EPOCH_MILLIS = 1_700_000_000_000L;

  private final Simulation simulation;
  private final boolean[] compared;
  private long skewMillis;
  private long floorMillis;
  private SteadyClock steady = new SteadyClock(EPOCH_MILLIS, 0);
  private TimeAccord accord = new TimeAccord(Worker.MAX_DRIFT_MILLIS, 0);

  /** What a worker tells others of its clocks. */
  record Shown(long wallMillis, long timeMillis, boolean agreed) {}

  Clocks(Simulation simulation) {
    this.simulation = simulation;
    this.compared = new boolean[simulation.scenario().workers()];
  }

  /** The process starts, behind the mark that it has on its disk. */
  void start(long markMillis) {
    Arrays.fill(compared, false);
    steady = new SteadyClock(wallMillis(), monotonicMillis());
    floorMillis = markMillis - Worker.MAX_DRIFT_MILLIS;
    steady.move(Math.max(0, floorMillis - millis()));
    accord = new TimeAccord(Worker.MAX_DRIFT_MILLIS, monotonicMillis());
    accord.follow(compared.length);
    if (simulation.bug() == Bug.BELIEVES_A_LONE_CLOCK) {
      accord.vouched(0, 0);
    }
  }

  /** Somebody sets the wall clock. */
  void set(long skew) {
    skewMillis = skew;
  }

  private long wallMillis() {
    return EPOCH_MILLIS + monotonicMillis() + skewMillis + simulation.skewMillis();
  }

  long monotonicMillis() {
    return simulation.time().now() / 1_000;
  }

  /** The time by which this worker stamps and judges. */
  long millis() {
    return steady.millis(monotonicMillis());
  }

  Shown shown() {
    review();
    return new Shown(wallMillis(), millis(), accord.isTimeSound());
  }

  /** Whether versions may be made by these clocks. */
  boolean areSound() {
    review();
    return accord.isWallSound() && accord.isTimeSound();
  }

  /** Whether they may where nobody else makes any. */
  boolean isTimeSound() {
    return accord.isTimeSound();
  }

  boolean isTooFarAhead(Version version) {
    return version.millis() - millis() - accord.trustedAheadMillis() > Worker.MAX_DRIFT_MILLIS;
  }

  /** A peer calls for the first time, and says what time it is. */
  void greeted(int peer, Shown theirs) {
    if (!compared[peer]) {
      compare(peer, theirs, monotonicMillis());
    }
  }

  /** A peer has answered what was asked at {@code sentMillis}. */
  void compare(int peer, Shown theirs, long sentMillis) {
    review();
    long roundTrip = monotonicMillis() - sentMillis;
    if (roundTrip <= 200) {
      compared[peer] = true;
      long since = roundTrip / 2;
      accord.observed(
          peer,
          theirs.wallMillis + since - wallMillis(),
          theirs.timeMillis + since - millis(),
          theirs.agreed);
    }
    review();
    adopt();
  }

  private void review() {
    long leap = steady.look(wallMillis(), monotonicMillis());
    if (leap != 0) {
      accord.leapt(leap, monotonicMillis());
      if (accord.isUntried()) {
        move(Math.max(leap, Math.min(0, floorMillis - millis())));
      }
    }
    accord.judge(monotonicMillis());
  }

  private void adopt() {
    long ahead = accord.adoption();
    if (ahead != 0) {
      move(ahead);
      accord.judge(monotonicMillis());
    }
  }

  private void move(long byMillis) {
    steady.move(byMillis);
    accord.moved(byMillis);
  }
}
