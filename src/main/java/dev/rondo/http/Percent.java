package dev.rondo.http;

import dev.rondo.core.record.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding that never guesses: what is not exactly the encoding of some UTF-8 text is
 * refused. Two different texts therefore never become the same bytes by way of a replacement
 * character.
 */
public final class Percent {

  private static final int ESCAPE = 3;

  private final ProblemCode problem;
  private final String what;
  private final boolean plusIsSpace;

  private Percent(ProblemCode problem, String what, boolean plusIsSpace) {
    this.problem = problem;
    this.what = what;
    this.plusIsSpace = plusIsSpace;
  }

  /** Decodes a part of a path, in which a plus is a plus. */
  public static Bytes decodePath(String raw, ProblemCode problem, String what) {
    return new Percent(problem, what, false).decode(raw);
  }

  /** Decodes a part of a query, in which a plus is a space. */
  public static Bytes decodeQuery(String raw, ProblemCode problem, String what) {
    return new Percent(problem, what, true).decode(raw);
  }

  private Bytes decode(String raw) {
    byte[] decoded = new byte[raw.length()];
    int length = 0;
    boolean ascii = true;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      int octet = plusIsSpace && c == '+' ? ' ' : c;
      if (c == '%') {
        octet = escape(raw, i);
        i += ESCAPE - 1;
      } else if (c <= ' ' || c == '#' || c == 0x7f || c > 0xff) {
        throw refused("has a character at " + i + " that must be percent-encoded");
      }
      ascii &= octet < 0x80;
      decoded[length++] = (byte) octet;
    }
    Bytes bytes = Bytes.wrap(decoded).slice(0, length);
    if (!ascii) {
      checkUtf8(bytes);
    }
    return bytes;
  }

  private int escape(String raw, int at) {
    int high = at + 1 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
    int low = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 2), 16) : -1;
    // Character.digit knows the digits of every script, but the server hands out Latin-1 only.
    if (high < 0 || low < 0) {
      throw refused("has a '%' at " + at + " that two hexadecimal digits do not follow");
    }
    return high << 4 | low;
  }

  /** Java's decoder is strict: it refuses overlong forms, surrogates and what is cut off. */
  private void checkUtf8(Bytes bytes) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length()));
    } catch (CharacterCodingException malformed) {
      throw refused("is not UTF-8 once it is percent-decoded");
    }
  }

  private Rejection refused(String why) {
    return new Rejection(problem, "The " + what + " " + why);
  }
}
