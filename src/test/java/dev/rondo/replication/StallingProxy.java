package dev.rondo.replication;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;

/** A TCP connection in the middle of which a test can stop the traffic, or cut it. */
final class StallingProxy implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final List<NetSocket> sockets = new ArrayList<>();
  private final int target;
  private final int port;
  private boolean stalled;

  StallingProxy(int target) {
    this.target = target;
    this.port =
        TestNode.await(vertx.createNetServer().connectHandler(this::accept).listen(0, Fixture.HOST))
            .actualPort();
  }

  int port() {
    return port;
  }

  private synchronized void accept(NetSocket caller) {
    caller.pause();
    client
        .connect(target, Fixture.HOST)
        .onSuccess(callee -> join(caller, callee))
        .onFailure(refused -> caller.close());
  }

  private synchronized void join(NetSocket caller, NetSocket callee) {
    pipe(caller, callee);
    pipe(callee, caller);
    if (!stalled) {
      caller.resume();
    } else {
      callee.pause();
    }
  }

  private void pipe(NetSocket from, NetSocket to) {
    sockets.add(from);
    from.handler(to::write);
    from.closeHandler(closed -> to.close());
  }

  synchronized void stall() {
    stalled = true;
    sockets.forEach(NetSocket::pause);
  }

  synchronized void resume() {
    stalled = false;
    sockets.forEach(NetSocket::resume);
  }

  synchronized void cut() {
    List.copyOf(sockets).forEach(NetSocket::close);
    sockets.clear();
  }

  @Override
  public void close() {
    TestNode.await(vertx.close());
  }
}
