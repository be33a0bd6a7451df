package dev.rondo.core.member;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The controller's verdict on which workers are gone: silent for too long, or reported by the
 * membership layer.
 *
 * <p>Silence proves nothing when it is this process that did not listen. A tick that comes late by
 * more than {@value #LATE_MILLIS} ms shows that it was paused; then nobody is convicted, for either
 * reason, until the workers had one more interval to be heard.
 */
public final class FailureDetector {

  private static final long LATE_MILLIS = 2_000;
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

  /** The worker's process is said to have gone; returns whether that convicts it now. */
  public boolean departed(int worker, long nowMillis) {
    noticePause(nowMillis);
    if (nowMillis >= judgesFrom) {
      return convicted.add(worker);
    }
    departed.add(worker);
    return false;
  }

  /** To be called every {@code tickMillis}; returns who is convicted from now on. */
  public Set<Integer> tick(long nowMillis) {
    noticePause(nowMillis);
    lastTick = nowMillis;
    if (nowMillis < judgesFrom) {
      return Set.of();
    }
    Set<Integer> news = new HashSet<>(departed);
    departed.clear();
    heardAt.forEach(
        (worker, at) -> {
          if (nowMillis - at >= silenceMillis) {
            news.add(worker);
          }
        });
    news.removeIf(worker -> !convicted.add(worker));
    return Set.copyOf(news);
  }

  private void noticePause(long nowMillis) {
    if (lastTick != NEVER && nowMillis - lastTick > tickMillis + LATE_MILLIS) {
      judgesFrom = nowMillis + beatMillis;
    }
  }
}
