package dev.rondo.simulation;

/** Bugs around deletions that are planted on purpose. */
enum GraveBug {
  NONE,
  /** Tombstones are purged when they are old enough, whatever the others hold. */
  PURGES_BY_AGE,
  /** A worker stamps a version again that it has used before its restart. */
  REUSES_A_VERSION,
  /** Members do not say that hints wait with them. */
  OVERLOOKS_HINTS,
  /** Members do not wait for hints that they have taken and not stored yet. */
  OVERLOOKS_HINTS_TO_BE_STORED
}
