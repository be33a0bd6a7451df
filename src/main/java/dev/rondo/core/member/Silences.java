package dev.rondo.core.member;

/**
 * How long one peer is usually silent while it owes an answer: the longest such silence of late,
 * which fades by half every {@value #HALF_LIFE_MILLIS} ms.
 *
 * <p>On a machine whose processors are all busy a process that is well may say nothing for a tenth
 * of a second. Who has seen that a few times should not be surprised by it any more; on a quiet
 * machine the same silence means that the process has stopped.
 *
 * @see <a href="https://doi.org/10.1109/RELDIS.2004.1353004">Hayashibara et al., The phi accrual
 *     failure detector, section 4: the same idea with a distribution instead of a peak</a>
 */
final class Silences {

  private static final double HALF_LIFE_MILLIS = 5_000;

  private double peakMillis;
  private long peakAt;

  /** A silence ended by itself. */
  void ended(long silentMillis, long nowMillis) {
    if (silentMillis >= usualMillis(nowMillis)) {
      peakMillis = silentMillis;
      peakAt = nowMillis;
    }
  }

  /** What is to be expected now. */
  double usualMillis(long nowMillis) {
    return peakMillis * Math.pow(2, (peakAt - nowMillis) / HALF_LIFE_MILLIS);
  }
}
