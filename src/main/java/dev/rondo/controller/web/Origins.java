package dev.rondo.controller.web;

import dev.rondo.http.HostName;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may talk to the controller: its own, and those of one configured origin.
 *
 * <p>A page is the controller's own when it comes from where the request goes. That alone would
 * trust any name that somebody lets point to this machine (DNS rebinding), so the name must be an
 * address, {@code localhost}, or the configured one.
 *
 * <p>This holds for requests that name an origin: writes, and the feed. A page that only reads from
 * where it comes from sends none, so reads are as open as the port is.
 */
final class Origins {

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+]");

  private final String configured;
  private final Set<String> names;

  /** Trusts {@code configured}, an origin or nothing, and pages from {@code host}. */
  Origins(String configured, String host) {
    this.configured = configured;
    this.names = Set.of("localhost", host.toLowerCase(Locale.ROOT));
  }

  /** Throws {@link Rejection} for a request of a foreign page; no page at all is fine. */
  void check(HttpServerRequest request) {
    String origin = request.headers().get(HttpHeaders.ORIGIN);
    if (origin != null && !isTrusted(origin, HostName.of(request))) {
      throw new Rejection(
          ProblemCode.FOREIGN_ORIGIN,
          "Pages of this origin may not talk to this controller; http.corsOrigin allows another");
    }
  }

  private boolean isTrusted(String origin, @Nullable String host) {
    if (!configured.isEmpty() && origin.equals(configured)) {
      return true;
    }
    if (host == null || !origin.equalsIgnoreCase("http://" + host)) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "");
    return names.contains(name) || ADDRESS.matcher(name).matches();
  }
}
