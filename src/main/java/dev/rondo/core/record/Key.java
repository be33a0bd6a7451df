package dev.rondo.core.record;

import dev.rondo.core.ring.Position;
import java.util.HexFormat;

/** A key: 1 to {@value #BYTES_MAX} bytes of UTF-8, with its place on the ring. */
public final class Key implements Comparable<Key> {

  /** The longest key, in bytes. */
  public static final int BYTES_MAX = 1024;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

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

  /**
   * The text in one line, for logs: what would end a line or act on a terminal is shown as its
   * Unicode escape, and so is the backslash, so that no two keys look the same.
   */
  public String printable() {
    String text = toString();
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (isHarmless(each)) {
        shown.append(each);
      } else {
        shown.append("\\u").append(HEX.toHexDigits(each));
      }
    }
    return shown.toString();
  }

  private static boolean isHarmless(char each) {
    return switch (Character.getType(each)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> each != '\\' && each != '\'';
    };
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
