package dev.rondo.controller.web;

import dev.rondo.http.Methods;
import dev.rondo.http.Percent;
import dev.rondo.http.Problem;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import dev.rondo.http.Target;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * {@code /eventbus}: where browsers find the bridge. Of what SockJS offers beside it (pages for
 * frames, a streaming test) nothing is needed, so nothing is served.
 */
final class FeedRoutes {

  static final String PATH = "/eventbus";

  private static final Pattern SERVED =
      Pattern.compile(PATH + "/(info|websocket|[^/.]+/[^/.]+/websocket)");

  private final Bridge bridge;
  private final Methods methods;

  FeedRoutes(Bridge bridge, Methods methods) {
    this.bridge = bridge;
    this.methods = methods;
  }

  void mount(Router router) {
    router.route(PATH + "/*").handler(this::check);
    router.route(PATH + "/*").subRouter(bridge.router());
  }

  private void check(RoutingContext context) {
    String path = context.request().path();
    if (path == null || !SERVED.matcher(path).matches()) {
      throw new Rejection(
          ProblemCode.NOT_FOUND,
          "There is nothing at this path; WebSockets are the only transport");
    }
    methods.view(context.request(), request -> serve(context, request, path));
  }

  private void serve(RoutingContext context, HttpServerRequest request, String path) {
    checkQuery(request);
    if (path.endsWith("/websocket")) {
      admit(request);
    } else if (request.method().equals(HttpMethod.HEAD)) {
      head(request);
      return;
    }
    context.next();
  }

  /**
   * The clients of SockJS send parameters of their own; the library answers 400 to unreadable ones.
   */
  private static void checkQuery(HttpServerRequest request) {
    String query = Target.of(request.uri()).query();
    if (query != null) {
      var unused = Percent.decodeQuery(query, ProblemCode.MALFORMED_PARAMETER, "query");
    }
  }

  /** The library knows no HEAD. */
  private static void head(HttpServerRequest request) {
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=UTF-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }

  private void admit(HttpServerRequest request) {
    if (!bridge.hasRoom()) {
      throw new Rejection(
          Problem.overloaded("Allowed are " + Bridge.CLIENTS_MAX + " browsers at a time"));
    }
    Handshake.check(request);
    PingGuard.watch(request);
  }
}
