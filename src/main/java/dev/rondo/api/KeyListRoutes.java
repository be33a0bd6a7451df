package dev.rondo.api;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Listing;
import dev.rondo.bus.Listing.Page;
import dev.rondo.core.record.Key;
import dev.rondo.http.Answers;
import dev.rondo.http.Methods;
import dev.rondo.http.Query;
import dev.rondo.http.Target;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Set;

/** {@code /node/keys}: what this worker itself holds, in key order, without asking anybody. */
final class KeyListRoutes {

  private static final Set<String> PARAMETERS =
      Set.of("prefix", "start", "limit", "cursor", "values", "all");
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 1000;

  private final Views views;
  private final Answers answers;
  private final Methods methods;

  KeyListRoutes(Views views, Answers answers, Methods methods) {
    this.views = views;
    this.answers = answers;
    this.methods = methods;
  }

  void mount(Router router) {
    methods.view(router, "/node/keys", this::list);
  }

  /** A cursor takes the place of {@code start}, so that clients can repeat all other parameters. */
  private void list(HttpServerRequest request) {
    Query query = Query.parse(Target.of(request.uri()).query(), PARAMETERS);
    String cursor = query.bytes("cursor", Cursor.LENGTH_MAX).toUtf8();
    Page page =
        new Page(
            query.bytes("prefix", Key.BYTES_MAX),
            cursor.isEmpty()
                ? query.bytes("start", ScanRoutes.BOUND_BYTES_MAX)
                : Cursor.decode(cursor),
            query.positive("limit", LIMIT_MAX, "1 to " + LIMIT_MAX, LIMIT),
            query.flag("all", false) ? Listing.Scope.ALL : Listing.Scope.LIVE,
            query.flag("values", false));
    answers.when(
        request,
        views.ask(Addresses.LIST, page),
        listed -> answers.json(request, KeyList.json(listed)));
  }
}
