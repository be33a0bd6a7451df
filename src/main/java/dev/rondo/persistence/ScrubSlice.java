package dev.rondo.persistence;

import dev.rondo.core.record.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What was looked at in one go.
 *
 * @param next where the next slice begins; null behind the last one
 */
record ScrubSlice(@Nullable Bytes next, int entries, long bytes) {

  /** Keeps a slice short, for the engine cannot be exchanged meanwhile. */
  static final long BYTES_MAX = 256 << 10;
}
