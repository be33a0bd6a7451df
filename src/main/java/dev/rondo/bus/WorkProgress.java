package dev.rondo.bus;

import java.util.Locale;

/**
 * How far a piece of background work has come. The last one of a piece has {@code over} set.
 *
 * @param worker for hints, the worker that they are for; else the worker that does the work
 * @param total 0 while it is not known
 */
public record WorkProgress(
    Kind kind, int worker, long done, long total, String unit, boolean over) {

  /** What is being done. */
  public enum Kind {
    /** A worker that was away compares what it holds with its peers, and fetches what differs. */
    RECOVERY,
    /** Hints are delivered. */
    HINTS,
    /** After a change of quorums or members, owners fetch their copies. */
    REBALANCE,
    /** Copies that are not owned any more are removed. */
    CLEANUP,
    /** Damaged records are fetched from other owners. */
    MENDING,
    /** A verticle is replaced on the workers, one after the other. */
    REDEPLOY,
    /** What is stored is verified. */
    SCRUB,
    /** Copies are compared with a peer's because it is time to, and made equal. */
    ANTI_ENTROPY;

    /** The name for programs: small letters and dashes. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of that name; throws {@link IllegalArgumentException} when there is none. */
    public static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }
}
