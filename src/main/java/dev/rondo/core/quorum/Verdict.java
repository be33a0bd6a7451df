package dev.rondo.core.quorum;

/** What the answers so far mean for a request. */
public enum Verdict {
  /** More answers are needed, and may still come. */
  PENDING,
  /** Enough workers answered. */
  REACHED,
  /** A replica holds a newer version; the write has to be stamped again, later than that. */
  SUPERSEDED,
  /** Not enough workers are left to reach the quorum. */
  UNREACHABLE
}
