package dev.rondo.core.quorum;

/**
 * What one request has to satisfy: one quorum, or two at once while the quorums of the cluster
 * change.
 *
 * <p>The owners under a smaller N are among the owners under a larger one, so two requirements are
 * a narrow and a wide one on the same list; where there is one, it is both. Made once for every
 * cluster state and not for every request.
 */
public final class Requirements {

  private final Requirement told;
  private final Requirement narrow;
  private final Requirement wide;

  private Requirements(Requirement told, Requirement narrow, Requirement wide) {
    this.told = told;
    this.narrow = narrow;
    this.wide = wide;
  }

  /** One requirement: {@code required} of {@code owners}. */
  public static Requirements of(int owners, int required) {
    Requirement only = new Requirement(owners, required);
    return new Requirements(only, only, only);
  }

  /** Two requirements at once, of which clients are told the first. */
  public static Requirements of(Requirement told, Requirement former) {
    if (told.owners() == former.owners()) {
      Requirement harder = told.implies(former) ? told : former;
      return new Requirements(told, harder, harder);
    }
    return told.owners() < former.owners()
        ? new Requirements(told, told, former)
        : new Requirements(told, former, told);
  }

  /** The one that clients are told of. */
  public Requirement told() {
    return told;
  }

  /** How many workers own the key by any of them. */
  public int owners() {
    return wide.owners();
  }

  /** The one with the fewer owners. */
  Requirement narrow() {
    return narrow;
  }

  /** The one with the more owners. */
  Requirement wide() {
    return wide;
  }

  /** Whether enough of these ranks are owners, by each requirement. */
  boolean areMetBy(long ranks) {
    return narrow.isMetBy(ranks) && wide.isMetBy(ranks);
  }

  /**
   * Whether these ranks could meet all of it.
   *
   * @param standIns whether those behind all owners count in the place of owners that are missing
   */
  public boolean canBeMetBy(long ranks, boolean standIns) {
    return available(narrow, ranks, standIns) >= narrow.required()
        && available(wide, ranks, standIns) >= wide.required();
  }

  /** The requirement that these ranks could meet least; see {@link #canBeMetBy}. */
  Requirement scarcest(long ranks, boolean standIns) {
    return farthest(available(narrow, ranks, standIns), available(wide, ranks, standIns));
  }

  /** How many of these ranks can count towards the {@link #scarcest} requirement. */
  int available(long ranks, boolean standIns) {
    return available(scarcest(ranks, standIns), ranks, standIns);
  }

  private int available(Requirement requirement, long ranks, boolean standIns) {
    int others = standIns ? Long.bitCount(ranks & ~wide.ranks()) : 0;
    return Math.min(requirement.owners(), requirement.countOf(ranks) + others);
  }

  /** The requirement that lacks most, where so many count towards each. */
  Requirement farthest(int narrowly, int widely) {
    return narrow.required() - narrowly > wide.required() - widely ? narrow : wide;
  }

  /** Whether whoever meets this meets the other as well. */
  public boolean imply(Requirements other) {
    return implies(other.narrow) && implies(other.wide);
  }

  private boolean implies(Requirement other) {
    return narrow.implies(other) || wide.implies(other);
  }

  @Override
  public String toString() {
    return narrow.equals(wide) ? wide.toString() : narrow + " and " + wide;
  }
}
