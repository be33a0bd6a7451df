package dev.rondo.generation;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;

/**
 * Deploys a verticle on a certain event loop. Vert.x hands the loops out in turn and offers no
 * choice, so this tries until the turn of the right one has come; the verticle itself notices
 * nothing of the attempts.
 *
 * <p>To Vert.x every attempt succeeds: one that fails it would remember for ever, and with it the
 * verticle and its classes.
 */
final class OnLoop {

  private OnLoop() {}

  /** Completes with the id of the deployment; a verticle that does not start is stopped again. */
  static Future<String> deploy(Vertx vertx, EventLoop loop, Deployable verticle) {
    Attempt attempt = new Attempt(loop, verticle);
    return vertx
        .deployVerticle(attempt)
        .compose(
            id -> {
              Future<?> started = attempt.started;
              if (started.succeeded() && attempt.mine) {
                return Future.succeededFuture(id);
              }
              return vertx
                  .undeploy(id)
                  .transform(
                      gone ->
                          attempt.mine
                              ? Future.failedFuture(started.cause())
                              : deploy(vertx, loop, verticle));
            });
  }

  private static final class Attempt implements Deployable {
    private final EventLoop loop;
    private final Deployable verticle;
    private volatile boolean mine;
    private volatile Future<?> started = Future.succeededFuture();

    Attempt(EventLoop loop, Deployable verticle) {
      this.loop = loop;
      this.verticle = verticle;
    }

    @Override
    public Future<?> deploy(Context context) throws Exception {
      if (((ContextInternal) context).nettyEventLoop() != loop) {
        return started;
      }
      mine = true;
      Future<?> starting = verticle.deploy(context);
      started = starting;
      return starting.transform(done -> Future.succeededFuture());
    }

    @Override
    public Future<?> undeploy(Context context) throws Exception {
      return mine ? verticle.undeploy(context) : Future.succeededFuture();
    }
  }
}
