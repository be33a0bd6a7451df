package dev.rondo.core.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable run of bytes: a window into an array that nobody writes to any more.
 *
 * <p>{@link #wrap} and {@link #array} pass references, not copies. Whoever wraps an array gives it
 * away; whoever looks at it only reads.
 */
public final class Bytes implements Comparable<Bytes> {

  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** The given array itself, which the caller gives away. */
  public static Bytes wrap(byte[] given) {
    return new Bytes(given, 0, given.length);
  }

  /** The UTF-8 form of a text. */
  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The window of {@code length} bytes from {@code from}, without a copy. */
  public Bytes slice(int from, int length) {
    if (from < 0 || length < 0 || from > this.length - length) {
      throw new IndexOutOfBoundsException(from + "+" + length + " of " + this.length);
    }
    return new Bytes(array, offset + from, length);
  }

  /** How many bytes. */
  public int length() {
    return length;
  }

  /** The byte at {@code index}, 0 to {@code length() - 1}. */
  public byte at(int index) {
    return array[offset + Objects.checkIndex(index, length)];
  }

  /** The array behind this window, for reading only; this window starts at {@link #offset}. */
  public byte[] array() {
    return array;
  }

  /** Where this window starts in {@link #array}. */
  public int offset() {
    return offset;
  }

  /** A fresh array with these bytes, or the array itself when the window spans all of it. */
  public byte[] toArray() {
    return offset == 0 && length == array.length
        ? array
        : Arrays.copyOfRange(array, offset, offset + length);
  }

  /** These bytes read as UTF-8, malformed input replaced. */
  public String toUtf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  /** Whether the first bytes are those of {@code prefix}. */
  public boolean startsWith(Bytes prefix) {
    return prefix.length <= length
        && Arrays.equals(
            array,
            offset,
            offset + prefix.length,
            prefix.array,
            prefix.offset,
            prefix.offset + prefix.length);
  }

  /** Unsigned lexicographic order, the order of the storage engine. */
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && length == that.length && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return length + " bytes";
  }
}
