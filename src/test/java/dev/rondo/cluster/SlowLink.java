package dev.rondo.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;

/** A TCP proxy that passes on everything, both ways, in order and late. */
final class SlowLink implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final NetServer server;
  private final long delayMillis;

  /** Listens on {@code port} for {@code target}; each way takes half of the delay. */
  SlowLink(int port, int target, Duration delay) {
    this.delayMillis = Math.max(1, delay.toMillis() / 2);
    this.server =
        vertx
            .createNetServer()
            .connectHandler(near -> connect(near, target))
            .listen(port, "127.0.0.1")
            .await();
  }

  @Override
  public void close() {
    server.close().await();
    vertx.close().await();
  }

  private void connect(NetSocket near, int target) {
    near.pause();
    client
        .connect(target, "127.0.0.1")
        .onSuccess(
            far -> {
              pass(near, far);
              pass(far, near);
              near.resume();
            })
        .onFailure(nobody -> near.close());
  }

  /** Timers of one length fire in the order in which they were set, so bytes stay in order. */
  private void pass(NetSocket from, NetSocket to) {
    from.handler(bytes -> vertx.setTimer(delayMillis, timer -> to.write(bytes)));
    from.closeHandler(closed -> vertx.setTimer(delayMillis, timer -> to.close()));
    from.exceptionHandler(reset -> to.close());
  }
}
