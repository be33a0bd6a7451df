package dev.rondo.bus;

import java.util.List;

/** The event log: what happened, numbered. */
public final class Events {

  private Events() {}

  /** How many events are kept. */
  public static final int KEPT_MAX = 10_000;

  /**
   * Asks for the first {@code limit} events behind {@code since}, or, where that is {@link
   * #LATEST}, for the last ones.
   */
  public record Ask(long since, int limit) {

    /** Not behind any number: the newest events are meant. */
    public static final long LATEST = -1;
  }

  /**
   * One event of the log.
   *
   * @param seq counts the events, from 1, without gaps, over all restarts
   */
  public record Logged(long seq, long atMillis, ClusterEvent event) {}

  /**
   * A part of the log, newest last.
   *
   * @param oldest the first number that is still kept; 0 in an empty log
   * @param newest the last number that was given; 0 in an empty log
   */
  public record Page(List<Logged> events, long oldest, long newest) {

    public Page {
      events = List.copyOf(events);
    }
  }
}
