package dev.rondo.bus;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;

/** A replaceable verticle that begins to act as soon as it is started, as the first of a node. */
public record FirstGeneration<V extends Deployable & Replaceable>(V verticle)
    implements Deployable {

  @Override
  public Future<?> deploy(Context context) throws Exception {
    return verticle.deploy(context).compose(ready -> verticle.takeOver(Handover.NOTHING));
  }

  @Override
  public Future<?> undeploy(Context context) throws Exception {
    return verticle.undeploy(context);
  }
}
