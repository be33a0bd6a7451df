package dev.rondo.generation;

import dev.rondo.bus.Bus;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Attempt;
import dev.rondo.bus.Redeploying.Status;
import dev.rondo.bus.Redeploying.Step;
import dev.rondo.bus.Redeploying.Verticle;
import dev.rondo.config.NodeConfig;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one kind of verticle does in this node, and the generation that does it. At most one attempt
 * to replace it is under way; the fields change in its steps, one after the other, on whichever
 * thread they happen to end.
 */
final class Office {

  private static final Logger log = LoggerFactory.getLogger(Office.class);

  private final String name;
  private final Recipe recipe;
  private final Vertx vertx;
  private final Bus bus;
  private final Consumer<Office> changed;
  private volatile @Nullable Generation incumbent;
  private volatile @Nullable Generation candidate;
  private volatile @Nullable Origin former;
  private volatile @Nullable Attempt last;
  private volatile long since;
  private int numbers;

  /** What a generation was made of; the generation itself is gone. */
  record Origin(Code code, NodeConfig config) {}

  Office(String name, Recipe recipe, Vertx vertx, Bus bus, Consumer<Office> changed) {
    this.name = name;
    this.recipe = recipe;
    this.vertx = vertx;
    this.bus = bus;
    this.changed = changed;
  }

  String name() {
    return name;
  }

  Recipe recipe() {
    return recipe;
  }

  boolean isReplaceable() {
    return recipe instanceof Recipe.Replaced;
  }

  /** Whether this wish was heard before: whoever asks again has not got the answer. */
  boolean knows(String ticket) {
    Attempt latest = last;
    return latest != null && latest.ticket().equals(ticket);
  }

  /** The first generation, of the node's own code, with an instance on each of the loops. */
  Future<Void> open(NodeConfig config, List<EventLoop> loops) {
    Generation first;
    try {
      first = generation(Code.own(), config, loops);
    } catch (Exception broken) {
      return Future.failedFuture(broken);
    }
    incumbent = first;
    since = System.currentTimeMillis();
    return first
        .start(vertx)
        .compose(started -> isReplaceable() ? first.takeOver() : Future.succeededFuture())
        .onSuccess(taken -> first.tenure().begin());
  }

  private Generation generation(Code code, NodeConfig config, List<EventLoop> loops)
      throws Exception {
    int number = ++numbers;
    return Generation.make(recipe, number, code, config, bus.tenure(name + "-" + number), loops);
  }

  /** What runs now. */
  Generation incumbent() {
    return Objects.requireNonNull(incumbent, name);
  }

  /** What ran before; null when there is nothing. */
  @Nullable Origin former() {
    return former;
  }

  /** Tries to put another generation in the place; never fails, see {@link #verticle}. */
  Future<Void> replace(String ticket, Action action, Code code, NodeConfig config) {
    last = Attempt.begun(ticket, action, numbers + 1, code.label(), System.currentTimeMillis());
    changed.accept(this);
    Generation old = incumbent();
    return next(old, code, config)
        .compose(
            next ->
                new Succession(vertx, old, next, step -> last = latest().at(step, 0))
                    .run()
                    .onSuccess(held -> inForce(old, next, held)))
        .compose(held -> retire(old))
        .recover(this::failed)
        .eventually(this::settled);
  }

  private Future<Generation> next(Generation old, Code code, NodeConfig config) {
    try {
      Generation next = generation(code, config, old.loops());
      candidate = next;
      return Future.succeededFuture(next);
    } catch (Exception | LinkageError broken) {
      return Future.failedFuture(broken);
    }
  }

  private void inForce(Generation old, Generation next, long heldMillis) {
    incumbent = next;
    candidate = old;
    former = new Origin(old.code(), old.config());
    since = System.currentTimeMillis();
    last = latest().at(Step.RETIRING, heldMillis);
    log.info(
        "Verticle in force name={} generation={} code={} heldMillis={}",
        name,
        next.number(),
        next.code(),
        heldMillis);
    changed.accept(this);
  }

  private Future<Void> retire(Generation old) {
    int patience = old.config().redeploy().drainSeconds();
    return old.retire()
        .timeout(patience, TimeUnit.SECONDS)
        .recover(late -> report(old, patience))
        .compose(retired -> old.drop(vertx))
        .transform(stopped -> end(Status.SUCCEEDED, Step.DONE, ""));
  }

  private Future<Void> report(Generation old, int patience) {
    return old.inFlight()
        .onSuccess(
            left ->
                log.warn(
                    "Verticle retires with work under way name={} generation={} inFlight={}"
                        + " seconds={}",
                    name,
                    old.number(),
                    left,
                    patience))
        .mapEmpty();
  }

  private Future<Void> failed(Throwable failure) {
    String reason = reason(failure);
    log.warn(
        "Verticle not replaced, the former one stays name={} generation={} reason={}",
        name,
        incumbent().number(),
        reason);
    log.debug("Not replaced", failure);
    return end(Status.FAILED, latest().step(), reason);
  }

  private Future<Void> settled() {
    candidate = null;
    changed.accept(this);
    return Future.succeededFuture();
  }

  /** Of what is thrown, one sentence. */
  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof Unfit && message != null
        ? message
        : failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private Future<Void> end(Status status, Step step, String reason) {
    Attempt now = latest();
    last = now.at(step, now.heldMillis()).ended(status, reason, System.currentTimeMillis());
    return Future.succeededFuture();
  }

  private Attempt latest() {
    return Objects.requireNonNull(last, name);
  }

  /** How it is, with what is in flight. */
  Future<Verticle> verticle() {
    Generation now = incumbent();
    return now.inFlight().map(count -> verticle(now, count));
  }

  /** The same, without what is in flight. */
  Verticle verticle(Generation now, int inFlight) {
    Origin before = former;
    return new Verticle(
        name,
        isReplaceable(),
        now.loops().size(),
        now.number(),
        now.code().label(),
        since,
        inFlight,
        before == null ? null : before.code().label(),
        last);
  }

  /** Stops whatever runs, as a part of the node's own end. */
  Future<Void> close() {
    Generation other = candidate;
    Generation now = incumbent;
    Future<Void> first = other == null ? Future.succeededFuture() : other.drop(vertx);
    return now == null ? first : first.transform(stopped -> now.stop(vertx));
  }
}
