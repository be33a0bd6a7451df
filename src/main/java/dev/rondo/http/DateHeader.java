package dev.rondo.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * When answers were made, which every server with a clock has to say. Belongs to one event loop,
 * and is written out once a second.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1">RFC 9110, section 6.6.1</a>
 */
final class DateHeader {

  /** Java's own format of RFC 1123 writes days of one digit. */
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private long second = -1;
  private CharSequence text = "";

  /** Puts it on an answer. */
  void put(HttpServerResponse response) {
    long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    if (now != second) {
      second = now;
      text = HttpHeaders.createOptimized(FORMAT.format(Instant.ofEpochSecond(now)));
    }
    response.putHeader(HttpHeaders.DATE, text);
  }
}
