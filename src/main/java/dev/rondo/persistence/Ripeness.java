package dev.rondo.persistence;

/**
 * Which tombstones are known to be everywhere, so that nobody who lacks one needs to be sent it.
 */
interface Ripeness {

  /** No tombstone is. */
  Ripeness NONE = (indexKey, entry) -> false;

  /** Whether this entry of the index is one of them. */
  boolean isRipe(byte[] indexKey, IndexEntry entry);
}
