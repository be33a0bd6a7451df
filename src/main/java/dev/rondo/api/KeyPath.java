package dev.rondo.api;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.http.Percent;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;

/** The key in a path: all that follows the prefix, slashes, dots and control bytes included. */
final class KeyPath {

  private KeyPath() {}

  /** The key of a raw path that starts with {@code prefix}. */
  static Key parse(String rawPath, String prefix) {
    Bytes bytes =
        Percent.decodePath(rawPath.substring(prefix.length()), ProblemCode.MALFORMED_KEY, "key");
    if (bytes.length() == 0) {
      throw new Rejection(
          ProblemCode.MALFORMED_KEY,
          "The key is empty, allowed are 1 to %d bytes".formatted(max()));
    }
    if (bytes.length() > max()) {
      throw new Rejection(
          ProblemCode.KEY_TOO_LONG,
          "The key has %d bytes, allowed are 1 to %d".formatted(bytes.length(), max()));
    }
    return Key.of(bytes);
  }

  private static int max() {
    return Key.BYTES_MAX;
  }
}
