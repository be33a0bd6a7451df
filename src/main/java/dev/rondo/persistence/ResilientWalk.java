package dev.rondo.persistence;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * A walk through a family that goes on behind what cannot be read.
 *
 * <p>A damaged block ends an iterator, and nothing says where the next block begins. So keys are
 * taken for numbers: from the last one that was read the walk looks ahead in steps that double
 * until something can be read again, and then back by halves for the first such place.
 */
final class ResilientWalk {

  /** Longer than any common beginning of keys, and above them all. */
  private static final byte[] ABOVE_ALL = new byte[16];

  static {
    Arrays.fill(ABOVE_ALL, (byte) 0xff);
  }

  private final Engine engine;
  private final Family family;
  private byte[] from = new byte[0];

  ResilientWalk(Engine engine, Family family) {
    this.engine = engine;
    this.family = family;
  }

  /** Who is shown what can be read. */
  interface Visitor {
    void visit(byte[] key, byte[] value) throws RocksDBException;
  }

  /** Shows everything that can be read; returns whether that is all there is. */
  boolean run(Visitor visitor) throws RocksDBException {
    boolean whole = true;
    while (!reachesEnd(visitor)) {
      whole = false;
      byte[] next = behindDamage();
      if (next == null) {
        return false;
      }
      from = next;
    }
    return whole;
  }

  /** False when damage is in the way; {@link #from} is the place right behind what was read. */
  private boolean reachesEnd(Visitor visitor) throws RocksDBException {
    try (RocksIterator entries = engine.iterate(family)) {
      for (entries.seek(from); entries.isValid(); entries.next()) {
        byte[] key = entries.key();
        visitor.visit(key, entries.value());
        from = Arrays.copyOf(key, key.length + 1);
      }
      return isIntact(entries);
    }
  }

  private static boolean isIntact(RocksIterator entries) throws RocksDBException {
    try {
      entries.status();
      return true;
    } catch (RocksDBException failure) {
      if (Fault.of(failure) != Fault.CORRUPT) {
        throw failure;
      }
      return false;
    }
  }

  /** The first place from which something can be read again; null when there is none. */
  private byte @Nullable [] behindDamage() throws RocksDBException {
    byte[] base = from.length < Long.BYTES ? Arrays.copyOf(from, Long.BYTES) : from;
    BigInteger start = new BigInteger(1, base);
    for (int bit = 0; bit < Byte.SIZE * base.length; bit++) {
      BigInteger step = BigInteger.ONE.shiftLeft(bit);
      byte[] probe = place(start.add(step), base.length);
      if (probe == null) {
        break;
      }
      if (isReadableFrom(probe)) {
        return first(start.add(step.shiftRight(1)), start.add(step), base.length);
      }
    }
    return isReadableFrom(ABOVE_ALL) ? ABOVE_ALL : null;
  }

  /** The first readable place between one that is damaged and one that is not. */
  private byte[] first(BigInteger damaged, BigInteger readable, int length)
      throws RocksDBException {
    BigInteger low = damaged;
    BigInteger high = readable;
    while (high.subtract(low).bitLength() > 1) {
      BigInteger middle = low.add(high).shiftRight(1);
      byte[] probe = place(middle, length);
      if (probe != null && isReadableFrom(probe)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    byte[] found = place(high, length);
    return found == null ? ABOVE_ALL : found;
  }

  private boolean isReadableFrom(byte[] key) throws RocksDBException {
    try (RocksIterator entries = engine.iterate(family)) {
      entries.seek(key);
      return entries.isValid() || isIntact(entries);
    }
  }

  /** A number as so many bytes; null when it does not fit. */
  private static byte @Nullable [] place(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    int skip = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    int size = bytes.length - skip;
    if (size > length) {
      return null;
    }
    byte[] place = new byte[length];
    System.arraycopy(bytes, skip, place, length - size, size);
    return place;
  }
}
