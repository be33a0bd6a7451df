package dev.rondo.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where clients come in at one port; behind it are as many rooms as event loops serve the port. */
@Sharable
final class Door extends ChannelInboundHandlerAdapter {

  private final Map<EventLoop, Connections> rooms = new ConcurrentHashMap<>();

  /** The connections of one event loop, with so many more seats. */
  Connections room(EventLoop loop, int seats, long restSeconds) {
    Connections room = rooms.computeIfAbsent(loop, none -> new Connections(restSeconds));
    room.widen(seats);
    return room;
  }

  /** Which room a connection belongs to; null when nobody serves its event loop any more. */
  @Nullable Connections roomOf(Channel connection) {
    return rooms.get(connection.eventLoop());
  }

  /** A client has connected; the event loop that it gets is not chosen yet. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object connection) {
    ((Channel) connection).pipeline().addLast(new Arrival(this), new Preface());
    context.fireChannelRead(connection);
  }
}
