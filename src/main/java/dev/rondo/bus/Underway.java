package dev.rondo.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of one kind have begun at a verticle and are not settled; bounded, for the
 * memory's sake. Belongs to the verticle's context, and tells when the verticle can be replaced.
 */
public final class Underway {

  private final int max;
  private int count;
  private @Nullable Promise<Void> idle;

  /** Nothing is under way yet; {@code max} requests may be. */
  public Underway(int max) {
    this.max = max;
  }

  /** Whether no more should begin; who begins one all the same is counted. */
  public boolean isFull() {
    return count >= max;
  }

  public int count() {
    return count;
  }

  /** One more. */
  public void begun() {
    count++;
  }

  /** One less. */
  public void settled() {
    count--;
    tellWhenIdle();
  }

  /** Completes when none is under way. */
  public Future<Void> idle() {
    Promise<Void> promise = Promise.promise();
    idle = promise;
    tellWhenIdle();
    return promise.future();
  }

  private void tellWhenIdle() {
    if (count == 0 && idle != null) {
      idle.tryComplete();
    }
  }
}
