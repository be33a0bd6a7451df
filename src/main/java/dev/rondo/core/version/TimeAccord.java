package dev.rondo.core.version;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a worker agrees with its peers on what time it is: on the wall clocks, and on the times
 * by which they stamp, which are wall clocks without their leaps.
 *
 * <p>A wall clock that differs from most is wrong, and its worker leaves stamping to others. Where
 * the wall clocks agree and the times differ, the clocks were set while some workers ran: then a
 * worker adopts the time of the others, so that what they have stamped is not in its future.
 */
public final class TimeAccord {

  /** After a leap of the own wall clock, until every peer in reach was compared with again. */
  public static final long JUDGED_AFTER_MILLIS = 2_000;

  private final ClockSoundness walls;
  private final ClockSoundness times;

  /** Peers whose time is one that most agree on. */
  private final Set<Integer> settled = new HashSet<>();

  private final long startedMillis;
  private int members = Integer.MAX_VALUE;
  private boolean judging;
  private boolean wallSound;
  private long wallOffsetMillis;
  private boolean timeSound;
  private long judgeFromMillis;
  private boolean vouched;
  private long voucherAheadMillis;
  private boolean wallVouched;

  /**
   * Tolerates up to {@code maxDriftMillis} of difference.
   *
   * @param monotonicMillis now, as in all other calls
   */
  public TimeAccord(long maxDriftMillis, long monotonicMillis) {
    this.walls = new ClockSoundness(maxDriftMillis);
    this.times = new ClockSoundness(maxDriftMillis);
    this.startedMillis = monotonicMillis;
    this.judgeFromMillis = monotonicMillis;
  }

  /**
   * A peer's clocks were so far ahead of ours (negative: behind), round trip taken out.
   *
   * @param agreed whether that peer's time is sound, as it says
   */
  public void observed(int peer, long wallAheadMillis, long timeAheadMillis, boolean agreed) {
    walls.observed(peer, wallAheadMillis);
    times.observed(peer, timeAheadMillis);
    if (agreed) {
      settled.add(peer);
    } else {
      settled.remove(peer);
    }
  }

  /**
   * Somebody who is no peer says what time it is; the last word counts. It helps a worker that
   * hears no peer, and nobody else.
   *
   * @param wallAheadMillis how far that wall clock is ahead of ours
   * @param timeAheadMillis how far it is ahead of our time
   */
  public void vouched(long wallAheadMillis, long timeAheadMillis) {
    vouched = true;
    wallVouched = walls.isTolerable(wallAheadMillis);
    voucherAheadMillis = timeAheadMillis;
  }

  /** The peer is no member any more; see {@link ClockSoundness#forget}. */
  public void forget(int peer) {
    walls.forget(peer);
    times.forget(peer);
    settled.remove(peer);
  }

  /** There are so many members, this worker included. */
  public void follow(int count) {
    members = count;
  }

  /** Our own wall clock has leapt. */
  public void leapt(long byMillis, long monotonicMillis) {
    walls.moved(byMillis);
    judgeFromMillis = monotonicMillis + JUDGED_AFTER_MILLIS;
  }

  /** Our own time was put forward (negative: back). */
  public void moved(long byMillis) {
    times.moved(byMillis);
    voucherAheadMillis -= byMillis;
  }

  /** Judges by what is known; the questions below are answered by that. */
  public void judge(long monotonicMillis) {
    long running = monotonicMillis - startedMillis;
    judging = monotonicMillis < judgeFromMillis;
    if (!judging) {
      wallSound = walls.mayStamp(members, running, wallVouched);
      wallOffsetMillis = walls.isSound() ? 0 : walls.offsetMillis();
    }
    timeSound = times.mayStamp(members, running, vouched && times.isTolerable(voucherAheadMillis));
  }

  /** Whether this worker's wall clock agrees with the others'. */
  public boolean isWallSound() {
    return wallSound;
  }

  /** Whether the time by which this worker stamps agrees with the others'. */
  public boolean isTimeSound() {
    return timeSound;
  }

  /**
   * Whether nothing was stamped by this worker's time since it started, so that it can follow a
   * wall clock that was wrong when the worker started and is set right.
   */
  public boolean isUntried() {
    return !times.isConfirmed() && !timeSound;
  }

  /**
   * By how much to put our time forward to be in accord with those whose wall clocks agree with
   * ours; 0 for not at all. Whoever has just started joins those that run. Between two halves the
   * later time wins, because to go back to an earlier one means to stamp nothing until then.
   */
  public long adoption() {
    if (!wallSound || judging) {
      return 0;
    }
    Set<Integer> joined = joined();
    List<Long> ahead = new ArrayList<>();
    if (times.isConfirmed() || joined.isEmpty()) {
      times.aheadMillis().forEach((peer, by) -> ahead.add(isWallLikeOurs(peer) ? by : 0));
      ahead.add(0L);
      Collections.sort(ahead);
    } else {
      ahead.addAll(aheadOf(joined));
    }
    boolean nobodyRan = !times.isConfirmed() && joined.isEmpty();
    long by = ahead.get(nobodyRan ? ahead.size() - 1 : ahead.size() / 2);
    return times.isTolerable(by) ? 0 : by;
  }

  private boolean isWallLikeOurs(int peer) {
    return walls.isTolerable(walls.aheadMillis().getOrDefault(peer, Long.MAX_VALUE));
  }

  /** How far the peers are ahead: their wall clocks, or their times when only these differ. */
  public long offsetMillis() {
    return wallOffsetMillis == 0 ? times.offsetMillis() : wallOffsetMillis;
  }

  /**
   * How far the time by which to judge versions is ahead of ours; 0 unless ours is wrong. Whoever
   * was not confirmed yet judges by those who were.
   */
  public long trustedAheadMillis() {
    Set<Integer> joined = joined();
    if (times.isConfirmed() || joined.isEmpty()) {
      return times.isSound() ? 0 : times.offsetMillis();
    }
    List<Long> ahead = aheadOf(joined);
    long by = ahead.get(ahead.size() / 2);
    return times.isTolerable(by) ? 0 : by;
  }

  /** Whether enough is known to tell which versions are too far ahead. */
  public boolean canJudge() {
    return times.isConfirmed() || !times.isSound() || !joined().isEmpty();
  }

  /** Those whose time most agree on, and whose wall clocks are like ours. */
  private Set<Integer> joined() {
    Set<Integer> joined = new HashSet<>(settled);
    joined.removeIf(peer -> !isWallLikeOurs(peer));
    return joined;
  }

  private List<Long> aheadOf(Set<Integer> peers) {
    List<Long> ahead = new ArrayList<>();
    peers.forEach(peer -> ahead.add(times.aheadMillis().getOrDefault(peer, 0L)));
    Collections.sort(ahead);
    return ahead;
  }
}
