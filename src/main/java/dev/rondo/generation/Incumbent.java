package dev.rondo.generation;

import dev.rondo.bus.Handover;
import dev.rondo.bus.Replaceable;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of one generation, on its event loop. Everything that it is asked is asked on its
 * own context, one thing after the other.
 */
final class Incumbent implements Deployable {

  private static final Logger log = LoggerFactory.getLogger(Incumbent.class);

  private static final long STOP_MILLIS = 5_000;

  private final Deployable verticle;
  private final EventLoop loop;
  private final long readyMillis;
  private @Nullable Context context;
  private @Nullable String deployment;
  private volatile boolean dropped;

  Incumbent(Deployable verticle, EventLoop loop, long readyMillis) {
    this.verticle = verticle;
    this.loop = loop;
    this.readyMillis = readyMillis;
  }

  EventLoop loop() {
    return loop;
  }

  /** Completes when the verticle has started; one that does not, or not in time, is stopped. */
  Future<Void> start(Vertx vertx) {
    return OnLoop.deploy(vertx, loop, this).onSuccess(id -> deployment = id).mapEmpty();
  }

  @Override
  public Future<?> deploy(Context home) {
    context = home;
    return attempt(() -> verticle.deploy(home))
        .timeout(readyMillis, TimeUnit.MILLISECONDS)
        .onFailure(failure -> dropped = true);
  }

  @Override
  public Future<?> undeploy(Context home) {
    Future<?> ending = attempt(() -> verticle.undeploy(home));
    return dropped ? ending.timeout(STOP_MILLIS, TimeUnit.MILLISECONDS) : ending;
  }

  Future<Void> takeOver(Handover state) {
    return ask(() -> replaceable().takeOver(state));
  }

  Future<Handover> handOver() {
    return ask(() -> replaceable().handOver());
  }

  Future<Void> retire() {
    return ask(() -> replaceable().retire());
  }

  Future<Integer> inFlight() {
    return verticle instanceof Replaceable replaceable
        ? ask(() -> Future.succeededFuture(replaceable.inFlight()))
        : Future.succeededFuture(0);
  }

  /** Stops it while the node goes on: when it does not end in time it is left to itself. */
  Future<Void> drop(Vertx vertx) {
    dropped = true;
    return stop(vertx);
  }

  /** Stops it with the node, which knows how much time there is for that. */
  Future<Void> stop(Vertx vertx) {
    String id = deployment;
    deployment = null;
    return id == null
        ? Future.succeededFuture()
        : vertx
            .undeploy(id)
            .onFailure(failure -> log.warn("Not stopped properly: verticle={}", verticle, failure));
  }

  private Replaceable replaceable() {
    if (verticle instanceof Replaceable replaceable) {
      return replaceable;
    }
    throw new IllegalStateException(verticle + " cannot be replaced");
  }

  private <T> Future<T> ask(Attempt<T> what) {
    Context home = context;
    if (home == null) {
      return Future.failedFuture(new IllegalStateException("it is not started"));
    }
    return Future.future(answer -> home.runOnContext(now -> attempt(what).onComplete(answer)));
  }

  private interface Attempt<T> {
    Future<T> make() throws Exception;
  }

  /** Also code that does not fit is only a failure. */
  private static <T> Future<T> attempt(Attempt<? extends T> what) {
    try {
      return what.make().map(answer -> answer);
    } catch (Exception | LinkageError failure) {
      return Future.failedFuture(failure);
    }
  }
}
