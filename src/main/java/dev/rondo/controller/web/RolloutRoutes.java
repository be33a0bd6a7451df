package dev.rondo.controller.web;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Redeploy;
import dev.rondo.bus.Rolling.Outcome;
import dev.rondo.bus.Rolling.Wish;
import dev.rondo.bus.Roster;
import dev.rondo.http.Answers;
import dev.rondo.http.Faults;
import dev.rondo.http.Intake;
import dev.rondo.http.JsonBody;
import dev.rondo.http.LocalOnly;
import dev.rondo.http.Methods;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Query;
import dev.rondo.http.Rejection;
import dev.rondo.http.Target;
import dev.rondo.http.VerticleRoutes;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/verticles}: the verticles of all workers, and replacing them in turn. */
final class RolloutRoutes {

  private static final String ALL = "/cluster/verticles";
  private static final String ONE = "/cluster/workers/:id/verticles";

  private final Bus bus;
  private final Supplier<Future<Roster>> roster;
  private final Intake intake;
  private final long timeoutMillis;
  private final Answers answers;
  private final Methods methods;

  RolloutRoutes(
      Bus bus,
      Supplier<Future<Roster>> roster,
      Intake intake,
      long timeoutMillis,
      Answers answers,
      Methods methods) {
    this.bus = bus;
    this.roster = roster;
    this.intake = intake;
    this.timeoutMillis = timeoutMillis;
    this.answers = answers;
    this.methods = methods;
  }

  void mount(Router router) {
    methods.view(router, ALL, this::verticles);
    for (Action action : Action.values()) {
      String what = action == Action.REDEPLOY ? "/:name/redeploy" : "/:name/rollback";
      router.route(ALL + what).handler(context -> post(context, action, null));
      router.route(ONE + what).handler(context -> post(context, action, worker(context)));
    }
  }

  private void verticles(HttpServerRequest request) {
    noQuery(request);
    answers.when(
        request,
        roster.get().recover(Faults::ofRead),
        known -> answers.json(request, RolloutJson.of(known)));
  }

  private static int worker(RoutingContext context) {
    String id = context.pathParam("id");
    if (!id.matches("[0-9]{1,4}")) {
      throw new Rejection(ProblemCode.NOT_FOUND, "There is no such worker");
    }
    return Integer.parseInt(id);
  }

  private void post(RoutingContext context, Action action, @Nullable Integer worker) {
    HttpServerRequest request = context.request();
    if (!request.method().equals(HttpMethod.POST)) {
      methods.other(request, "POST, OPTIONS");
      return;
    }
    LocalOnly.check(request);
    noQuery(request);
    String name = context.pathParam("name");
    List<String> keys = action == Action.REDEPLOY ? List.of("jar", "config") : List.of();
    Future<Outcome> outcome =
        JsonBody.read(request, intake, keys)
            .map(body -> wish(name, action, body, worker))
            .compose(wish -> bus.ask(Addresses.ROLL_OUT, wish, timeoutMillis))
            .recover(RolloutRoutes::unanswered);
    answers.when(request, outcome, done -> answer(request, done));
  }

  private static Wish wish(String name, Action action, JsonObject body, @Nullable Integer worker) {
    Redeploy wish = VerticleRoutes.wish(name, action, body);
    return new Wish(action, name, wish.jar(), wish.config(), worker);
  }

  private static Future<Outcome> unanswered(Throwable failure) {
    return failure instanceof Rejection ? Future.failedFuture(failure) : Faults.ofWrite(failure);
  }

  private void answer(HttpServerRequest request, Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      throw new Rejection(VerticleRoutes.code(refused.reason()), refused.detail());
    }
    request.response().setStatusCode(202).putHeader(HttpHeaders.LOCATION, ALL);
    answers.json(
        request,
        new JsonObject().put("rollout", RolloutJson.rollout(((Outcome.Begun) outcome).progress())));
  }

  private static void noQuery(HttpServerRequest request) {
    Query.parse(Target.of(request.uri()).query(), Set.of());
  }
}
