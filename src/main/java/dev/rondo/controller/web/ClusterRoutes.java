package dev.rondo.controller.web;

import dev.rondo.bus.Roster;
import dev.rondo.core.member.ClusterState;
import dev.rondo.http.Answers;
import dev.rondo.http.EntityTags;
import dev.rondo.http.Faults;
import dev.rondo.http.Methods;
import dev.rondo.http.Problem;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Query;
import dev.rondo.http.Rejection;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /cluster} and {@code /cluster/config}: what the cluster is, and what it should be. */
final class ClusterRoutes {

  private static final String CONFIG_METHODS = "GET, HEAD, PATCH, OPTIONS";

  private final Feed feed;
  private final Supplier<Future<Roster>> roster;
  private final ConfigChanges changes;
  private final Answers answers;
  private final Methods methods;

  ClusterRoutes(
      Feed feed,
      Supplier<Future<Roster>> roster,
      ConfigChanges changes,
      Answers answers,
      Methods methods) {
    this.feed = feed;
    this.roster = roster;
    this.changes = changes;
    this.answers = answers;
    this.methods = methods;
  }

  void mount(Router router) {
    methods.view(router, "/cluster", this::cluster);
    router.route("/cluster/config").handler(context -> config(context.request()));
  }

  private void cluster(HttpServerRequest request) {
    noParameters(request);
    answers.when(
        request, feed.known().recover(Faults::ofRead), json -> answers.json(request, json));
  }

  private void config(HttpServerRequest request) {
    if (Methods.isRead(request.method())) {
      noParameters(request);
      answers.when(
          request, roster.get().recover(Faults::ofRead), known -> show(request, known.state()));
    } else if (request.method().name().equals("PATCH")) {
      noParameters(request);
      answers.when(request, changes.change(request), state -> answer(request, state));
    } else {
      methods.other(request, CONFIG_METHODS);
    }
  }

  /** Throws {@link Rejection} when the client goes by another state. */
  private void show(HttpServerRequest request, ClusterState state) {
    String tag = Long.toString(state.epoch());
    EntityTags match = tags(request, HttpHeaders.IF_MATCH, "If-Match");
    EntityTags noneMatch = tags(request, HttpHeaders.IF_NONE_MATCH, "If-None-Match");
    if (match != null && !match.matchesStrongly(tag)) {
      throw new Rejection(
          Problem.of(ProblemCode.PRECONDITION_FAILED, "The configuration has epoch " + tag)
              .header("ETag", EntityTags.quoted(tag)));
    }
    if (noneMatch != null && noneMatch.matches(tag)) {
      request
          .response()
          .setStatusCode(304)
          .putHeader(HttpHeaders.ETAG, EntityTags.quoted(tag))
          .end();
    } else {
      answer(request, state);
    }
  }

  private static @Nullable EntityTags tags(
      HttpServerRequest request, CharSequence name, String shown) {
    return EntityTags.of(request.headers(), name, shown, "7");
  }

  private void answer(HttpServerRequest request, ClusterState state) {
    request.response().putHeader(HttpHeaders.ETAG, EntityTags.quoted(state.epoch()));
    answers.json(
        request,
        new JsonObject().put("epoch", state.epoch()).put("config", Snapshot.config(state)));
  }

  private static void noParameters(HttpServerRequest request) {
    Query.parse(Target.of(request.uri()).query(), Set.of());
  }
}
