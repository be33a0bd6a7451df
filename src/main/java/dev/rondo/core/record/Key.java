package dev.rondo.core.record;

import dev.rondo.core.ring.Position;

/** A key: 1 to {@value #BYTES_MAX} bytes of UTF-8, with its place on the ring. */
public final class Key implements Comparable<Key> {

  /** The longest key, in bytes. */
  public static final int BYTES_MAX = 1024;

  private final Bytes bytes;
  private final int position;

  private Key(Bytes bytes) {
    if (bytes.length() < 1 || bytes.length() > BYTES_MAX) {
      throw new IllegalArgumentException(
          "key has %d bytes, allowed are 1 to %d".formatted(bytes.length(), BYTES_MAX));
    }
    this.bytes = bytes;
    this.position = Position.of(bytes);
  }

  /** The key with these bytes; throws {@link IllegalArgumentException} on a wrong length. */
  public static Key of(Bytes bytes) {
    return new Key(bytes);
  }

  /** The key of this text; throws {@link IllegalArgumentException} on a wrong length. */
  public static Key of(String text) {
    return new Key(Bytes.utf8(text));
  }

  /** The UTF-8 bytes. */
  public Bytes bytes() {
    return bytes;
  }

  /** The place on the ring, an unsigned 32-bit number. */
  public int position() {
    return position;
  }

  @Override
  public int compareTo(Key other) {
    return bytes.compareTo(other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key that && position == that.position && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return position;
  }

  /** The text. */
  @Override
  public String toString() {
    return bytes.toUtf8();
  }
}
