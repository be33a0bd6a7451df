package dev.rondo.core.member;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The controller's verdict on which workers are gone: silent for too long, or reported by the
 * membership layer. That layer is wrong now and then, when it heals from a pause or a split, so who
 * was just heard is not gone.
 *
 * <p>Silence proves nothing when it is this process that did not listen. A tick that comes late by
 * more than {@value #LATE_MILLIS} ms shows that it was paused; then nobody is convicted, for either
 * reason, until the workers had one more interval to be heard.
 */
public final class FailureDetector {

  private static final long LATE_MILLIS = 2_000;

  /** A worker that is well is heard more often. */
  static final long QUIET_MILLIS = 1_500;

  private static final long NEVER = Long.MIN_VALUE;

  private final long beatMillis;
  private final long silenceMillis;
  private final long tickMillis;
  private final Map<Integer, Long> heardAt = new HashMap<>();
  private final Set<Integer> departed = new HashSet<>();
  private final Set<Integer> convicted = new HashSet<>();
  private long lastTick = NEVER;
  private long judgesFrom = NEVER;

  /** Workers beat every {@code beatMillis} and may be silent for {@code silenceMillis}. */
  public FailureDetector(long beatMillis, long silenceMillis, long tickMillis) {
    this.beatMillis = beatMillis;
    this.silenceMillis = silenceMillis;
    this.tickMillis = tickMillis;
  }

  public boolean isConvicted(int worker) {
    return convicted.contains(worker);
  }

  /** A sign of life; returns whether the worker had been taken for dead. */
  public boolean heard(int worker, long nowMillis) {
    heardAt.put(worker, nowMillis);
    departed.remove(worker);
    return convicted.remove(worker);
  }

  /** The worker should be heard soon; its silence counts from now on, unless it did before. */
  public void expect(int worker, long nowMillis) {
    heardAt.putIfAbsent(worker, nowMillis);
  }

  /** The worker is nobody's concern any more. */
  public void forget(int worker) {
    heardAt.remove(worker);
    departed.remove(worker);
    convicted.remove(worker);
  }

  /**
   * The worker's process is said to have gone; returns whether that convicts it now. Otherwise it
   * is convicted by a later tick, unless it is heard before.
   */
  public boolean departed(int worker, long nowMillis) {
    noticePause(nowMillis);
    if (nowMillis >= judgesFrom && isSilent(worker, QUIET_MILLIS, nowMillis)) {
      return convicted.add(worker);
    }
    departed.add(worker);
    return false;
  }

  /**
   * The worker's connection is gone; returns whether that convicts it now, because its process is
   * said to have gone as well.
   */
  public boolean disconnected(int worker, long nowMillis) {
    noticePause(nowMillis);
    return nowMillis >= judgesFrom && departed.remove(worker) && convicted.add(worker);
  }

  /** The worker's process is known to have gone; returns whether that is news. */
  public boolean ended(int worker) {
    departed.remove(worker);
    return convicted.add(worker);
  }

  /** Whether the worker was not heard for so long. */
  public boolean isSilent(int worker, long forMillis, long nowMillis) {
    Long at = heardAt.get(worker);
    return at == null || nowMillis - at >= forMillis;
  }

  /** To be called every {@code tickMillis}; returns who is convicted from now on. */
  public Set<Integer> tick(long nowMillis) {
    noticePause(nowMillis);
    lastTick = nowMillis;
    if (nowMillis < judgesFrom) {
      return Set.of();
    }
    Set<Integer> news = new HashSet<>(departed);
    news.removeIf(worker -> !isSilent(worker, QUIET_MILLIS, nowMillis));
    departed.removeAll(news);
    for (int worker : heardAt.keySet()) {
      if (isSilent(worker, silenceMillis, nowMillis)) {
        news.add(worker);
      }
    }
    news.removeIf(worker -> !convicted.add(worker));
    return Set.copyOf(news);
  }

  private void noticePause(long nowMillis) {
    if (lastTick != NEVER && nowMillis - lastTick > tickMillis + LATE_MILLIS) {
      judgesFrom = nowMillis + beatMillis;
    }
  }
}
