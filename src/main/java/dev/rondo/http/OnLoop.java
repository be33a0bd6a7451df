package dev.rondo.http;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;

/**
 * A verticle on an event loop of choice: that of the socket whose requests it answers.
 *
 * <p>Vert.x deals its event loops out in turn and takes no wishes. So what is deployed first looks
 * where it has landed, and is deployed again, before anything of it was started, until its turn has
 * come.
 */
public final class OnLoop implements Deployable {

  private final Deployable verticle;
  private final EventLoop loop;

  private OnLoop(Deployable verticle, EventLoop loop) {
    this.verticle = verticle;
    this.loop = loop;
  }

  /** Deploys the verticle; completes with the id of its deployment. */
  public static Future<String> deploy(Vertx vertx, Deployable verticle, EventLoop loop) {
    return vertx
        .deployVerticle(new OnLoop(verticle, loop))
        .recover(
            failure ->
                failure instanceof Elsewhere
                    ? deploy(vertx, verticle, loop)
                    : Future.failedFuture(failure));
  }

  @Override
  public Future<?> deploy(Context context) throws Exception {
    return ((ContextInternal) context).nettyEventLoop() == loop
        ? verticle.deploy(context)
        : Future.failedFuture(new Elsewhere());
  }

  @Override
  public Future<?> undeploy(Context context) throws Exception {
    return verticle.undeploy(context);
  }

  /** No failure, but another turn. */
  private static final class Elsewhere extends Exception {
    private static final long serialVersionUID = 1L;

    Elsewhere() {
      super("on another event loop", null, false, false);
    }
  }
}
