package dev.rondo.core.accord;

import java.util.Comparator;

/**
 * Orders the attempts to decide an epoch. No two attempts have the same ballot: a controller never
 * uses a round twice, and no two controllers have the same name.
 *
 * @param controller made up at random whenever a controller starts
 */
public record Ballot(long round, String controller) implements Comparable<Ballot> {

  /** Below every other. */
  public static final Ballot NONE = new Ballot(0, "");

  private static final Comparator<Ballot> ORDER =
      Comparator.comparingLong(Ballot::round).thenComparing(Ballot::controller);

  @Override
  public int compareTo(Ballot other) {
    return ORDER.compare(this, other);
  }
}
