package dev.rondo.controller.web;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Events;
import dev.rondo.controller.journal.EventJson;
import dev.rondo.http.Answers;
import dev.rondo.http.Faults;
import dev.rondo.http.MediaTypes;
import dev.rondo.http.Methods;
import dev.rondo.http.Query;
import dev.rondo.http.Target;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Set;

/** {@code /cluster/events}: the event log, newest last. */
final class EventRoutes {

  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 1000;

  private final Bus bus;
  private final long timeoutMillis;
  private final Answers answers;
  private final Methods methods;

  EventRoutes(Bus bus, long timeoutMillis, Answers answers, Methods methods) {
    this.bus = bus;
    this.timeoutMillis = timeoutMillis;
    this.answers = answers;
    this.methods = methods;
  }

  void mount(Router router) {
    methods.view(router, "/cluster/events", this::events);
  }

  private void events(HttpServerRequest request) {
    Query query = Query.parse(Target.of(request.uri()).query(), Set.of("since", "limit"));
    int limit = query.positive("limit", LIMIT_MAX, "1 to " + LIMIT_MAX, LIMIT);
    Events.Ask ask = new Events.Ask(query.sequence("since", Events.Ask.LATEST), limit);
    answers.when(
        request,
        bus.ask(Addresses.EVENTS, ask, timeoutMillis).recover(Faults::ofRead),
        page -> answer(request, page));
  }

  private void answer(HttpServerRequest request, Events.Page page) {
    request.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (MediaTypes.acceptsLines(request)) {
      StringBuilder lines = new StringBuilder();
      page.events().forEach(event -> lines.append(EventJson.write(event).encode()).append('\n'));
      request
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.LINES)
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
      answers.body(request, Buffer.buffer(lines.toString()));
      return;
    }
    JsonArray events = new JsonArray();
    page.events().forEach(event -> events.add(EventJson.write(event)));
    answers.json(
        request,
        new JsonObject()
            .put("events", events)
            .put("oldest", page.oldest())
            .put("newest", page.newest()));
  }
}
