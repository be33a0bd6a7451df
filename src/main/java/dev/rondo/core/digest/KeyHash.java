package dev.rondo.core.digest;

import dev.rondo.core.version.Version;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 64-bit hash of a key and its version: every word goes through a bijective mixer that lets each
 * bit change about half of the others. Not for use against somebody who wants it to collide.
 *
 * @see <a href="https://zimbry.blogspot.com/2011/09/better-bit-mixing-improving-on.html">The
 *     constants of the mixer (variant 13)</a>
 */
public final class KeyHash {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private KeyHash() {}

  /** The hash of a part of an array, which is the key, and of a version. */
  public static long of(byte[] key, int offset, int length, Version version) {
    long hash = mix(length * ODD);
    int end = offset + length;
    int at = offset;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      hash = next(hash, (long) LONGS.get(key, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << Byte.SIZE) | (key[at] & 0xff);
    }
    return next(next(next(hash, rest), version.timestamp()), version.worker());
  }

  private static long next(long hash, long word) {
    return mix((hash ^ word) + ODD);
  }

  private static long mix(long word) {
    long mixed = (word ^ (word >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
