package dev.rondo.simulation;

/** Bugs that are planted on purpose: a simulation that does not find them proves nothing. */
enum Bug {
  NONE,
  /** A replica says "durable" before its fsync. */
  ACKNOWLEDGES_BEFORE_THE_SYNC,
  /** Versions are the wall clock's, and replicas do not report that they hold something newer. */
  STAMPS_BY_THE_WALL_CLOCK,
  /** A stand-in deletes a hint when it sends it, not when the owner has confirmed it. */
  DELETES_HINTS_UNCONFIRMED,
  /** An owner that was handed a write stamps it again when it is superseded. */
  OWNER_STAMPS_AGAIN,
  /** The clock's high-water mark is not made durable. */
  FORGETS_THE_CLOCKS_MARK,
  /** A worker that hears nobody believes its own clock after a while. */
  BELIEVES_A_LONE_CLOCK,
  /** A hint kept by a worker that owns the key anyway counts as one more copy. */
  COUNTS_HINTS_AT_OWNERS,
  /** The first owner's value is the answer of a read, whatever the digests say. */
  IGNORES_DIGESTS,
  /** Who is suspected for silence is never sent anything: hints count in its place. */
  TAKES_THE_SILENT_FOR_DEAD,
  /** Reads ask workers that have not caught up as if they had. */
  TRUSTS_WHO_IS_BEHIND,
  /** While the quorums change, only the new ones are counted. */
  COUNTS_ONLY_THE_NEW_QUORUM,
  /** Deletions are not compared. */
  EXCHANGES_LEAVE_OUT_TOMBSTONES
}
