package dev.rondo.controller.web;

import dev.rondo.http.Methods;
import dev.rondo.http.Problem;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
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
    methods.view(
        context.request(),
        request -> {
          if (path.endsWith("/websocket")) {
            admit(request);
          }
          context.next();
        });
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
