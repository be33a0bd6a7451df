package dev.rondo.controller.web;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which build of the dashboard is served, by the name that the build wrote into its first page. A
 * page that runs under another name is of an earlier controller.
 */
final class PageBuild {

  private static final Pattern NAME =
      Pattern.compile("<meta name=\"rondo-build\" content=\"([0-9a-z]{1,64})\"");

  private PageBuild() {}

  /** The name; null when there is no dashboard, or when nobody gave it one. */
  static @Nullable String of(Optional<Buffer> index) {
    return index
        .map(page -> NAME.matcher(page.toString()))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .orElse(null);
  }
}
