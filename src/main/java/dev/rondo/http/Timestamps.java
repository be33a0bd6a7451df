package dev.rondo.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Points in time as JSON shows them: UTC, always with milliseconds. */
public final class Timestamps {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** Milliseconds since 1970 as text. */
  public static String of(long millis) {
    return FORMAT.format(Instant.ofEpochMilli(millis));
  }

  /** The same, where 0 means never. */
  public static @Nullable String orNever(long millis) {
    return millis == 0 ? null : of(millis);
  }

  /** Reads such a text; throws {@link java.time.format.DateTimeParseException} when it is none. */
  public static long millis(String text) {
    return Instant.parse(text).toEpochMilli();
  }
}
