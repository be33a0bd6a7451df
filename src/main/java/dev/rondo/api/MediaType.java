package dev.rondo.api;

import dev.rondo.core.record.StoredRecord;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** The {@code Content-Type} that comes with a value and is given back with it, unread. */
final class MediaType {

  /** What a value is served as that came without one. */
  private static final String UNKNOWN = "application/octet-stream";

  private MediaType() {}

  /** The header's value, empty for none; throws {@link Rejection} when it cannot be kept. */
  static String of(MultiMap headers) {
    String value = headers.get(HttpHeaders.CONTENT_TYPE);
    if (value == null) {
      return "";
    }
    List<String> all = headers.getAll(HttpHeaders.CONTENT_TYPE);
    if (all.size() > 1) {
      throw refused("Content-Type is given twice");
    }
    if (value.length() > StoredRecord.CONTENT_TYPE_BYTES_MAX) {
      throw refused(
          "Content-Type has %d bytes, allowed are 0 to %d"
              .formatted(value.length(), StoredRecord.CONTENT_TYPE_BYTES_MAX));
    }
    if (!isPrintable(value)) {
      throw refused("Content-Type has characters other than printable ASCII");
    }
    return value;
  }

  /**
   * What a stored one is served as. Another worker may have let in what no header can carry; the
   * value is told all the same.
   */
  static String served(String stored) {
    return stored.isEmpty() || !isPrintable(stored) ? UNKNOWN : stored;
  }

  private static boolean isPrintable(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static Rejection refused(String why) {
    return new Rejection(ProblemCode.MALFORMED_HEADER, why);
  }
}
