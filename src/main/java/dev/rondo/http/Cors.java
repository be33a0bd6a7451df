package dev.rondo.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashSet;
import java.util.Set;

/**
 * What pages in a browser may do: those of one origin, the dashboard's, everything; all others
 * nothing. A write that admits to come from another page is refused even where a browser would let
 * it through.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
public final class Cors {

  private static final String EXPOSED =
      "ETag, Retry-After, Server-Timing, X-Rondo-Coordinator, X-Rondo-Trace, X-Rondo-Version";
  private static final String ACCEPTED = "Content-Type, If-Match, If-None-Match, X-Rondo-Trace";
  private static final String SECONDS = "600";

  private static final String LOOPBACK = "://127.0.0.1";

  private final Set<String> origins;

  /** For {@code origin}; one at 127.0.0.1 is also called localhost, which browsers tell apart. */
  public Cors(String origin) {
    this.origins = origin.isEmpty() ? Set.of() : withLocalhost(origin);
  }

  private static Set<String> withLocalhost(String origin) {
    Set<String> origins = new HashSet<>(Set.of(origin));
    origins.add(origin.replace(LOOPBACK, "://localhost"));
    return Set.copyOf(origins);
  }

  /** Marks the answer for the browser; throws {@link Rejection} for a write of a foreign page. */
  public void check(HttpServerRequest request) {
    String claimed = request.headers().get(HttpHeaders.ORIGIN);
    if (claimed == null) {
      return;
    }
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    if (isAllowed(claimed)) {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, claimed);
      response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    } else if (!isHarmless(request.method())) {
      throw new Rejection(
          ProblemCode.FOREIGN_ORIGIN, "Pages of this origin may not write to this worker");
    }
  }

  /** Adds the answer to a preflight request where this is one, of the right origin. */
  public void preflight(HttpServerRequest request, String methods) {
    String claimed = request.headers().get(HttpHeaders.ORIGIN);
    if (claimed != null
        && isAllowed(claimed)
        && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
      request
          .response()
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ACCEPTED)
          .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, SECONDS);
    }
  }

  private boolean isAllowed(String claimed) {
    return origins.contains(claimed);
  }

  private static boolean isHarmless(HttpMethod method) {
    return method.equals(HttpMethod.GET)
        || method.equals(HttpMethod.HEAD)
        || method.equals(HttpMethod.OPTIONS);
  }
}
