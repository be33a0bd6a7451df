package dev.rondo.controller.web;

import dev.rondo.http.HostName;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the dashboard's page may load, and whom it may talk to: this server and the workers, nobody
 * else.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
 */
final class ContentPolicy {

  private static final String RULES =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'; connect-src ";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");

  private final Supplier<Collection<String>> workers;

  /** Asks for the workers' origins each time. */
  ContentPolicy(Supplier<Collection<String>> workers) {
    this.workers = workers;
  }

  /** Puts the policy on an answer. */
  void apply(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.putHeader("Content-Security-Policy", RULES + sources(request));
    response.putHeader("Referrer-Policy", "no-referrer");
    response.putHeader("X-Frame-Options", "DENY");
    response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
  }

  /** Not every browser counts a WebSocket to this server as 'self'. */
  private String sources(HttpServerRequest request) {
    String host = HostName.of(request);
    Stream<String> socket =
        host != null && NAME.matcher(host).matches() ? Stream.of("ws://" + host) : Stream.empty();
    Stream<String> origins =
        workers.get().stream()
            .filter(url -> url.startsWith("http://") && NAME.matcher(url.substring(7)).matches());
    return Stream.of(Stream.of("'self'"), socket, origins)
        .flatMap(all -> all)
        .collect(Collectors.joining(" "));
  }
}
