package dev.rondo.http;

import dev.rondo.config.NodeConfig;
import dev.rondo.config.Role;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port of a node for clients: one socket for each event loop that serves it. */
public final class ClientSockets implements Port {

  private static final Logger log = LoggerFactory.getLogger(ClientSockets.class);

  private static final long PATIENCE_MILLIS = 5_000;

  /** Whoever watches a dashboard does so until the end. */
  private static final long WATCHED_MILLIS = 2_000;

  private final NodeConfig config;
  private final HttpServerOptions options;
  private final int shares;
  private final List<ClientSocket> all = new CopyOnWriteArrayList<>();

  /** The port of the worker that {@code config} describes, without a socket yet. */
  public ClientSockets(NodeConfig config) {
    this(
        config,
        ServerOptions.of(config),
        config.http().instancesFor(Runtime.getRuntime().availableProcessors()));
  }

  /** The port of a node that has so many sockets with such options, none of them yet. */
  public ClientSockets(NodeConfig config, HttpServerOptions options, int shares) {
    this.config = config;
    this.options = options;
    this.shares = shares;
  }

  /** How many sockets share the port, and what may be open at a time. */
  public int shares() {
    return shares;
  }

  /** One more socket, on the event loop of the first who answers there. */
  public ClientSocket add(Context first) {
    int seatsMax = Math.max(1, config.http().connectionsMax() / shares());
    ClientSocket added = new ClientSocket(first, options, seatsMax, config.http().idleSeconds());
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
        .onSuccess(
            port -> {
              if (config.role() == Role.CONTROLLER) {
                log.info("Dashboard running on port {} http://{}:{}/", port, config.host(), port);
              } else {
                log.info("REST running: host={} port={}", config.host(), port);
              }
            });
  }

  /** Requests that are being served get some time to end. */
  @Override
  public Future<?> close() {
    long patience = config.role() == Role.CONTROLLER ? WATCHED_MILLIS : PATIENCE_MILLIS;
    return Future.all(all.stream().map(socket -> socket.close(patience)).toList());
  }

  /** Where they listen; 0 before they do. */
  public int port() {
    return all.stream().mapToInt(ClientSocket::port).findFirst().orElse(0);
  }
}
