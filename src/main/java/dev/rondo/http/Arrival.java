package dev.rondo.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import org.jspecify.annotations.Nullable;

/** Gives a connection its seat when it is made, and takes the seat back when it ends. */
final class Arrival extends ChannelInboundHandlerAdapter {

  private static final AttributeKey<Seat> SEAT = AttributeKey.valueOf(Arrival.class, "seat");

  private final Door door;

  Arrival(Door door) {
    this.door = door;
  }

  /** The seat of a connection that HTTP is spoken on; null when it has ended. */
  static @Nullable Seat seatOf(HttpConnection connection) {
    return ((HttpServerConnection) connection).channelHandlerContext().channel().attr(SEAT).get();
  }

  /** What keeps count of the requests that share a connection; null where none do. */
  static @Nullable Http2Connection sharedOf(HttpConnection connection) {
    Http2ConnectionHandler handler =
        ((HttpServerConnection) connection)
            .channelHandlerContext()
            .pipeline()
            .get(Http2ConnectionHandler.class);
    return handler == null ? null : handler.connection();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Channel channel = context.channel();
    Connections room = door.roomOf(channel);
    Seat seat = room == null ? null : room.arrived(() -> cutOff(context));
    if (seat == null) {
      cutOff(context);
      return;
    }
    channel.attr(SEAT).set(seat);
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Connections room = door.roomOf(context.channel());
    Seat seat = context.channel().attr(SEAT).getAndSet(null);
    if (room != null && seat != null) {
      room.left(seat);
    }
    context.fireChannelInactive();
  }

  /** Whether what a client sends on a connection of its own is read any further. */
  static void read(HttpConnection connection, boolean goesOn) {
    ((HttpServerConnection) connection)
        .channelHandlerContext()
        .channel()
        .config()
        .setAutoRead(goesOn);
  }

  /** Whatever is on its way. */
  static void cutOff(HttpConnection connection) {
    cutOff(((HttpServerConnection) connection).channelHandlerContext());
  }

  /** Nobody waits for the end of it: {@link #channelInactive} comes then. */
  private static void cutOff(ChannelHandlerContext context) {
    var unused = context.close();
  }
}
