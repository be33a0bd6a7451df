package dev.rondo.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** One event loop with connections of its own to the targets of one side. */
final class Lane {

  private final Vertx vertx;
  private final Context context;
  private final int index;
  private final Plan plan;
  private final List<Target> targets;
  private final Caller caller;
  private final Values values;

  private Lane(Vertx vertx, Context context, int index, Plan plan, List<Target> targets) {
    this.vertx = vertx;
    this.context = context;
    this.index = index;
    this.plan = plan;
    this.targets = targets;
    this.caller = new Caller(vertx, (int) plan.share(plan.clients(), index), plan.timeout());
    this.values = new Values(plan.workload().valueSize(), seed());
  }

  /** Opens the lane on the next event loop. */
  static Future<Lane> open(Vertx vertx, int index, Plan plan, List<Target> targets) {
    Promise<Lane> opened = Promise.promise();
    return vertx
        .deployVerticle(
            context -> {
              opened.complete(new Lane(vertx, context, index, plan, targets));
              return Future.succeededFuture();
            })
        .compose(id -> opened.future());
  }

  /** Writes this lane's part of the keys. */
  Future<Tally> preload(Stretch stretch) {
    Source source = Source.everyKey(plan.workload(), index, plan.lanes());
    return onLoop(stretch, sender -> closed(sender, source, stretch));
  }

  /** Runs this lane's part of at most {@code operations}. */
  Future<Tally> run(Stretch stretch, long operations) {
    long count = plan.share(operations, index);
    Source source = Source.random(plan.workload(), count, seed());
    return onLoop(
        stretch,
        sender ->
            plan.isOpen() ? open(sender, source, stretch, count) : closed(sender, source, stretch));
  }

  private interface Loop {
    Future<Void> start(Sender sender);
  }

  private Future<Tally> onLoop(Stretch stretch, Loop loop) {
    Promise<Tally> counted = Promise.promise();
    Sender sender = new Sender(caller, targets, values, stretch, plan.preload());
    context.runOnContext(
        none -> loop.start(sender).map(ended -> sender.tally()).onComplete(counted));
    return counted.future();
  }

  private Future<Void> closed(Sender sender, Source source, Stretch stretch) {
    return new ClosedLoop(vertx, sender, source, stretch)
        .start(index, plan.lanes(), plan.clients());
  }

  private Future<Void> open(Sender sender, Source source, Stretch stretch, long count) {
    double rate = plan.rate() / plan.lanes();
    long offset = (long) (index / plan.rate() * 1e9);
    Arrivals arrivals =
        Arrivals.within(stretch.duration(), stretch.startNanos() + offset, rate, count);
    return new OpenLoop(context, sender, source, arrivals, plan.timeout()).start();
  }

  private static long seed() {
    return ThreadLocalRandom.current().nextLong();
  }
}
