package dev.rondo.core.purge;

/** What the tombstones of an arc wait for. */
public enum Obstacle {
  /** An exchange that ends equal, with an owner that has not started since. */
  EXCHANGE,
  /** A member that is away, catches up, or goes by another state. */
  MEMBER,
  /** Hints that wait somewhere. */
  HINTS,
  /** Copies on workers that do not own them. */
  SURPLUS,
  /** The time in which what was under way arrives. */
  HOLD,
  /** The other owners, who are not as far. */
  OWNERS
}
