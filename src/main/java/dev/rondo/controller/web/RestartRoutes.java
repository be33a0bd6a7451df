package dev.rondo.controller.web;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Restarting;
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
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.function.Supplier;

/** {@code /cluster/workers/{id}/restart}. */
final class RestartRoutes {

  private final Bus bus;
  private final Supplier<Future<Roster>> roster;
  private final Intake intake;
  private final long timeoutMillis;
  private final Answers answers;
  private final Methods methods;

  RestartRoutes(
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
    router
        .route("/cluster/workers/:id/restart")
        .handler(context -> handle(context.request(), context.pathParam("id")));
  }

  private void handle(HttpServerRequest request, String id) {
    if (!request.method().equals(HttpMethod.POST)) {
      methods.other(request, "POST, OPTIONS");
      return;
    }
    Query.parse(Target.of(request.uri()).query(), Set.of());
    int worker = worker(id);
    Future<Restarting.Outcome> outcome =
        intake
            .discard(request)
            .compose(read -> roster.get().recover(Faults::ofRead))
            .compose(known -> restart(known, worker));
    answers.when(request, outcome, done -> answer(request, worker, done));
  }

  private Future<Restarting.Outcome> restart(Roster known, int worker) {
    if (known.workers().stream().noneMatch(entry -> entry.id() == worker)) {
      throw unknown(String.valueOf(worker));
    }
    return bus.ask(Addresses.RESTART, new Restarting.Restart(worker), timeoutMillis)
        .recover(Faults::ofWrite);
  }

  private void answer(HttpServerRequest request, int worker, Restarting.Outcome outcome) {
    switch (outcome) {
      case ACCEPTED -> {
        request.response().setStatusCode(202);
        answers.json(request, new JsonObject().put("status", "restarting").put("worker", worker));
      }
      case NOT_SUPERVISED ->
          throw new Rejection(
              ProblemCode.NOT_SUPERVISED,
              "Worker %d runs under somebody else's care; restart it where it was started"
                  .formatted(worker));
      case BUSY ->
          throw new Rejection(
              ProblemCode.RESTART_IN_PROGRESS,
              "Worker %d is stopping or starting already".formatted(worker));
    }
  }

  private static int worker(String id) {
    if (!id.matches("[0-9]{1,4}")) {
      throw unknown(id.length() <= 32 ? id : id.substring(0, 32) + "…");
    }
    return Integer.parseInt(id);
  }

  private static Rejection unknown(String id) {
    return new Rejection(ProblemCode.NOT_FOUND, "There is no worker '" + id + "'");
  }
}
