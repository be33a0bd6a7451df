package dev.rondo.api;

import dev.rondo.core.record.Bytes;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import java.util.Base64;

/** Where the next page starts, in a form that clients carry but do not read. */
final class Cursor {

  static final int LENGTH_MAX = 4096;

  private Cursor() {}

  static String encode(Bytes next) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(next.toArray());
  }

  static Bytes decode(String cursor) {
    try {
      return Bytes.wrap(Base64.getUrlDecoder().decode(cursor));
    } catch (IllegalArgumentException foreign) {
      throw new Rejection(
          ProblemCode.MALFORMED_PARAMETER, "cursor is not the 'next' of an earlier page");
    }
  }
}
