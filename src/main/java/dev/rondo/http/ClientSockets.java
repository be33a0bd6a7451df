package dev.rondo.http;

import dev.rondo.config.NodeConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The REST port of a worker: one socket for each event loop that serves it. */
public final class ClientSockets implements Port {

  private static final Logger log = LoggerFactory.getLogger(ClientSockets.class);

  private static final long PATIENCE_MILLIS = 5_000;

  private final NodeConfig config;
  private final List<ClientSocket> all = new CopyOnWriteArrayList<>();

  /** The port of the node that {@code config} describes, without a socket yet. */
  public ClientSockets(NodeConfig config) {
    this.config = config;
  }

  /** How many sockets share the port, and what may be open at a time. */
  public int shares() {
    return config.http().instancesFor(Runtime.getRuntime().availableProcessors());
  }

  /** One more socket, on the event loop of the first who answers there. */
  public ClientSocket add(Context first) {
    int seatsMax = Math.max(1, config.http().connectionsMax() / shares());
    ClientSocket added =
        new ClientSocket(first, ServerOptions.of(config), seatsMax, config.http().idleSeconds());
    all.add(added);
    return added;
  }

  @Override
  public Future<?> open() {
    return Future.all(all.stream().map(this::open).toList());
  }

  private Future<Integer> open(ClientSocket socket) {
    return socket
        .open()
        .onSuccess(port -> log.info("REST running: host={} port={}", config.host(), port));
  }

  /** Requests that are being served get some time to end. */
  @Override
  public Future<?> close() {
    return Future.all(all.stream().map(socket -> socket.close(PATIENCE_MILLIS)).toList());
  }

  /** Where they listen; 0 before they do. */
  public int port() {
    return all.stream().mapToInt(ClientSocket::port).findFirst().orElse(0);
  }
}
