package dev.rondo.controller.web;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Repairing;
import dev.rondo.bus.Roster;
import dev.rondo.http.Answers;
import dev.rondo.http.Faults;
import dev.rondo.http.Intake;
import dev.rondo.http.Methods;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Query;
import dev.rondo.http.Rejection;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/repair}: copies are made equal now, and not when it is time to. */
final class RepairRoutes {

  private static final long NONE = -1;

  private final Bus bus;
  private final Supplier<Future<Roster>> roster;
  private final Intake intake;
  private final long timeoutMillis;
  private final Answers answers;
  private final Methods methods;

  RepairRoutes(
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
    router.route("/cluster/repair").handler(context -> handle(context.request()));
  }

  private void handle(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.POST)) {
      methods.other(request, "POST, OPTIONS");
      return;
    }
    Query query = Query.parse(Target.of(request.uri()).query(), Set.of("worker"));
    long worker = query.sequence("worker", NONE);
    Future<Repairing.Outcome> outcome =
        intake
            .discard(request)
            .compose(read -> roster.get().recover(Faults::ofRead))
            .compose(known -> repair(known, worker));
    answers.when(request, outcome, told -> answer(request, told));
  }

  private Future<Repairing.Outcome> repair(Roster known, long worker) {
    if (worker != NONE && known.workers().stream().noneMatch(entry -> entry.id() == worker)) {
      throw new Rejection(ProblemCode.NOT_FOUND, "There is no worker '" + worker + "'");
    }
    @Nullable Integer one = worker == NONE ? null : Integer.valueOf((int) worker);
    return bus.ask(Addresses.REPAIR, new Repairing.Repair(one), timeoutMillis)
        .recover(Faults::ofRead);
  }

  private void answer(HttpServerRequest request, Repairing.Outcome outcome) {
    if (outcome.workers().isEmpty()) {
      throw new Rejection(ProblemCode.UNAVAILABLE, "No worker that is meant is there");
    }
    request.response().setStatusCode(202);
    answers.json(
        request,
        new JsonObject()
            .put("status", "repairing")
            .put("order", outcome.order())
            .put("workers", new JsonArray(outcome.workers())));
  }
}
