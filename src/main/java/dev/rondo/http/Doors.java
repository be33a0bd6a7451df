package dev.rondo.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The usual way of Vert.x to the network, with somebody at the doors: a port for clients knows of a
 * connection from the moment that it is there.
 *
 * <p>Where HTTP/2 is spoken too, Vert.x itself tells of a connection only once the head of its
 * first request is complete. Clients that never send one could be neither counted nor cut off.
 */
public final class Doors implements Transport, io.vertx.core.transport.Transport {

  private final Transport nio = io.vertx.core.transport.Transport.NIO.implementation();
  private final Map<String, Door> doors = new ConcurrentHashMap<>();

  /** Those of a Vert.x, which was built with them. */
  static Doors of(Vertx vertx) {
    if (((VertxInternal) vertx).transport() instanceof Doors doors) {
      return doors;
    }
    throw new IllegalStateException("a port for clients needs a Vert.x that was built with Doors");
  }

  /** The door of the port that a server with these options is about to open. */
  Door at(NetServerOptions options) {
    return doors.computeIfAbsent(place(options), place -> new Door());
  }

  @Override
  public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
    Transport.super.configure(options, domainSocket, bootstrap);
    Door door = doors.get(place(options));
    if (door != null) {
      bootstrap.handler(door);
    }
  }

  /** As Vert.x tells ports apart: those of one place are one, and shared. */
  private static String place(NetServerOptions options) {
    return options.getHost() + ":" + options.getPort();
  }

  @Override
  public String name() {
    return "nio";
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return null;
  }

  @Override
  public Transport implementation() {
    return this;
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return nio.ioHandlerFactory();
  }

  @Override
  public DatagramChannel datagramChannel() {
    return nio.datagramChannel();
  }

  @Override
  @SuppressWarnings("deprecation")
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return nio.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return nio.channelFactory(domainSocket);
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return nio.serverChannelFactory(domainSocket);
  }
}
