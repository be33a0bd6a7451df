package dev.rondo.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/** Which methods a resource has, and what is answered to all others. */
public final class Methods {

  public static final String OF_KEYS = "GET, HEAD, PUT, DELETE, OPTIONS";
  private static final String OF_SERVER = "GET, HEAD, PUT, PATCH, POST, DELETE, OPTIONS";
  public static final String OF_VIEWS = "GET, HEAD, OPTIONS";

  private final Cors cors;

  public Methods(Cors cors) {
    this.cors = cors;
  }

  /** Adds a resource that can only be looked at. */
  public void view(Router router, String path, Handler<HttpServerRequest> view) {
    router.route(path).handler(context -> view(context.request(), view));
  }

  /** Handles a request for a resource that can only be looked at. */
  public void view(HttpServerRequest request, Handler<HttpServerRequest> view) {
    if (isRead(request.method())) {
      view.handle(request);
    } else {
      other(request, OF_VIEWS);
    }
  }

  /** Answers OPTIONS, refuses what the resource does not have. */
  public void other(HttpServerRequest request, String allowed) {
    if (!request.method().equals(HttpMethod.OPTIONS)) {
      throw new Rejection(
          Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "Allowed are " + allowed)
              .header("Allow", allowed));
    }
    cors.preflight(request, allowed);
    request.response().setStatusCode(204).putHeader(HttpHeaders.ALLOW, allowed).end();
  }

  /**
   * Whether a request is about the server as a whole, {@code OPTIONS *}; answers it then (RFC 9110,
   * section 9.3.7).
   */
  public static boolean answersForServer(HttpServerRequest request) {
    if (!request.uri().equals("*") || !request.method().equals(HttpMethod.OPTIONS)) {
      return false;
    }
    request.response().setStatusCode(204).putHeader(HttpHeaders.ALLOW, OF_SERVER).end();
    return true;
  }

  /** GET, or HEAD, to which {@link Bodies} sends no body. */
  public static boolean isRead(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }
}
