package dev.rondo.core.quorum;

/**
 * A quorum: so many of the first so many workers of a key's preference list.
 *
 * @param owners N
 * @param required W or R, 1 to N
 */
public record Requirement(int owners, int required) {

  public Requirement {
    if (owners < 1 || owners >= Long.SIZE || required < 1 || required > owners) {
      throw new IllegalArgumentException(required + " of " + owners + " owners is no quorum");
    }
  }

  /** The ranks of the owners. */
  long ranks() {
    return (1L << owners) - 1;
  }

  /** How many of these ranks are owners. */
  int countOf(long ranks) {
    return Long.bitCount(ranks & ranks());
  }

  /** Whether enough of these ranks are owners. */
  boolean isMetBy(long ranks) {
    return countOf(ranks) >= required;
  }

  /** Whether whoever meets this meets the other one as well. */
  boolean implies(Requirement other) {
    return owners <= other.owners && required >= other.required;
  }
}
