package dev.rondo.bench;

import java.util.SplittableRandom;

/**
 * Draws ranks 1 to {@code n} with a probability proportional to {@code 1 / rank^exponent}, exactly,
 * in constant time and without tables.
 *
 * <p>Rejection-inversion: a point is drawn under the continuous hat {@code x^-exponent} by
 * inverting its integral H, and rounded to the nearest rank. It is kept when it falls into the part
 * of the rank's bar that every rank has ({@code rank - x <= shortcut}, no further arithmetic), or
 * else when it is under the bar itself; otherwise another is drawn. Well over 9 of 10 are kept.
 *
 * @see <a href="https://doi.org/10.1145/235025.235029">Hörmann and Derflinger, Rejection-inversion
 *     to generate variates from monotone discrete distributions (1996)</a>
 */
final class Zipf {

  private final int n;
  private final double exponent;
  private final double areaFirst;
  private final double areaLast;
  private final double shortcut;

  Zipf(int n, double exponent) {
    if (n < 1 || !(exponent > 0)) {
      throw new IllegalArgumentException(n + " ranks with exponent " + exponent);
    }
    this.n = n;
    this.exponent = exponent;
    this.areaFirst = integral(1.5) - 1;
    this.areaLast = integral(n + 0.5);
    this.shortcut = 2 - inverseIntegral(integral(2.5) - hat(2));
  }

  /** The next rank. */
  int next(SplittableRandom random) {
    while (true) {
      double area = areaLast + random.nextDouble() * (areaFirst - areaLast);
      double x = inverseIntegral(area);
      int rank = Math.min(n, Math.max(1, (int) (x + 0.5)));
      if (rank - x <= shortcut || area >= integral(rank + 0.5) - hat(rank)) {
        return rank;
      }
    }
  }

  private double hat(double x) {
    return Math.exp(-exponent * Math.log(x));
  }

  /** H(x) = (x^(1-exponent) - 1) / (1-exponent), or log x where the exponent is 1. */
  private double integral(double x) {
    double log = Math.log(x);
    return log * expm1OverX((1 - exponent) * log);
  }

  private double inverseIntegral(double area) {
    // Rounding may bring this below -1, where log1p has no value.
    double t = Math.max(-1, area * (1 - exponent));
    return Math.exp(log1pOverX(t) * area);
  }

  /** Near 0 by its series: the quotient itself loses all digits there. */
  private static double expm1OverX(double x) {
    return Math.abs(x) > 1e-8 ? Math.expm1(x) / x : 1 + x / 2;
  }

  private static double log1pOverX(double x) {
    return Math.abs(x) > 1e-8 ? Math.log1p(x) / x : 1 - x / 2;
  }
}
