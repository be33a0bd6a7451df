package dev.rondo.http;

import dev.rondo.config.NodeConfig;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The REST port of a worker: one socket for each event loop, which share the port. */
public final class ClientSockets implements Port {

  private static final Logger log = LoggerFactory.getLogger(ClientSockets.class);

  private static final long PATIENCE_MILLIS = 5_000;

  private final String host;
  private final List<ClientSocket> all;

  private ClientSockets(String host, List<ClientSocket> all) {
    this.host = host;
    this.all = List.copyOf(all);
  }

  /** The sockets of the node that {@code config} describes, on the first event loops. */
  public static ClientSockets of(Vertx vertx, NodeConfig config) {
    int count = config.http().instancesFor(Runtime.getRuntime().availableProcessors());
    int seatsMax = Math.max(1, config.http().connectionsMax() / count);
    List<ClientSocket> all = new ArrayList<>();
    for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      if (all.size() < count) {
        all.add(
            new ClientSocket(
                vertx,
                (EventLoop) loop,
                ServerOptions.of(config),
                seatsMax,
                config.http().idleSeconds()));
      }
    }
    return new ClientSockets(config.host(), all);
  }

  public List<Socket> sockets() {
    return all.stream().map(ClientSocket::socket).toList();
  }

  /** The socket whose requests are answered in a context. */
  public ClientSocket at(Context context) {
    return all.stream()
        .filter(client -> client.socket().isOn(context))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no socket on this event loop"));
  }

  @Override
  public Future<?> open() {
    return Future.all(all.stream().map(this::open).toList());
  }

  private Future<Integer> open(ClientSocket client) {
    return client.open().onSuccess(port -> log.info("REST running: host={} port={}", host, port));
  }

  /** Requests that are being served get some time to end. */
  @Override
  public Future<?> close() {
    return Future.all(sockets().stream().map(socket -> socket.close(PATIENCE_MILLIS)).toList());
  }

  /** Where they listen; 0 before they do. */
  public int port() {
    return all.get(0).socket().port();
  }
}
