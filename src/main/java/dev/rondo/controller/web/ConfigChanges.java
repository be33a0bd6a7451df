package dev.rondo.controller.web;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Configuring.Change;
import dev.rondo.bus.Configuring.Outcome;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.record.Bytes;
import dev.rondo.http.Faults;
import dev.rondo.http.Intake;
import dev.rondo.http.Problem;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Asks for changes of the configuration, and turns what became of them into answers. */
final class ConfigChanges {

  private final Bus bus;
  private final Intake intake;
  private final long timeoutMillis;

  ConfigChanges(Bus bus, Intake intake, long timeoutMillis) {
    this.bus = bus;
    this.intake = intake;
    this.timeoutMillis = timeoutMillis;
  }

  /** The state in force after a change; fails with a {@link Rejection}. */
  Future<ClusterState> change(HttpServerRequest request) {
    ConfigBody.checkType(request);
    Long basedOn = ConfigBody.basedOn(request);
    return intake.read(request).map(body -> read(body, basedOn)).compose(this::ask);
  }

  private Change read(Bytes body, @Nullable Long basedOn) {
    intake.release(body);
    return ConfigBody.read(body, basedOn);
  }

  private Future<ClusterState> ask(Change change) {
    Future<Outcome> outcome =
        bus.ask(Addresses.CONFIGURE, change, timeoutMillis).recover(Faults::ofWrite);
    return outcome.map(ConfigChanges::judge);
  }

  private static ClusterState judge(Outcome outcome) {
    if (outcome instanceof Outcome.Changed changed) {
      return changed.state();
    }
    throw new Rejection(problem(outcome));
  }

  private static Problem problem(Outcome outcome) {
    if (outcome instanceof Outcome.Stale stale) {
      return Problem.of(
              ProblemCode.STALE_EPOCH,
              "The change is based on another epoch than " + stale.epoch() + ", the one in force")
          .member("epoch", stale.epoch())
          .header("ETag", "\"" + stale.epoch() + "\"");
    }
    if (outcome instanceof Outcome.Busy busy) {
      return Problem.of(
              ProblemCode.CHANGE_IN_PROGRESS,
              "The change of epoch %d is not over; it ends when all members have their copies"
                  .formatted(busy.epoch()))
          .member("epoch", busy.epoch());
    }
    if (outcome instanceof Outcome.NoMajority few) {
      return Problem.of(
              ProblemCode.NO_MAJORITY,
              "%d members accepted the change, %d are required; it is not in force, but may be later"
                  .formatted(few.accepted(), few.required()))
          .member("accepted", few.accepted())
          .member("required", few.required())
          .member("mayApply", few.accepted() > 0);
    }
    return Problem.of(ProblemCode.IMPOSSIBLE_CONFIG, ((Outcome.Impossible) outcome).reason());
  }
}
