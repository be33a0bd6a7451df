package dev.rondo.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * The end of an answer, which comes once: when it was sent, or when the client has gone. Over
 * HTTP/2 Vert.x tells both, of a request that the client gave up before it was answered.
 */
public final class Ending implements Handler<Void> {

  private @Nullable Runnable work;

  private Ending(Runnable work) {
    this.work = work;
  }

  /** Does {@code work} at the end of the answer. */
  public static void of(HttpServerResponse response, Runnable work) {
    response.endHandler(new Ending(work));
  }

  @Override
  public void handle(Void end) {
    Runnable due = work;
    work = null;
    if (due != null) {
      due.run();
    }
  }
}
