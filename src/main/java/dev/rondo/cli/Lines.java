package dev.rondo.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of an input with their place in it. */
final class Lines {

  /** A value of the largest size that a node can be configured for, in base64, and more. */
  private static final int LENGTH_MAX = 256 << 20;

  private static final int BUFFER = 64 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int filled;
  private long offset;
  private long number;

  /** Lines from where the input stands: behind so many bytes and lines. */
  Lines(InputStream in, long offset, long number) {
    this.in = in;
    this.offset = offset;
    this.number = number;
  }

  /** The next line without its end; null behind the last one. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean any = false;
    while (from < filled || fill()) {
      any = true;
      int end = from;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      line.write(buffer, from, end - from);
      boolean whole = end < filled;
      offset += end - from + (whole ? 1 : 0);
      from = whole ? end + 1 : end;
      if (whole) {
        break;
      }
      if (line.size() > LENGTH_MAX) {
        throw new IllegalArgumentException("line " + (number + 1) + " is too long");
      }
    }
    number += any ? 1 : 0;
    return any ? line.toByteArray() : null;
  }

  private boolean fill() throws IOException {
    from = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }

  /** Where the line behind the last one begins, in bytes. */
  long offset() {
    return offset;
  }

  /** How many lines were read. */
  long number() {
    return number;
  }
}
