package dev.rondo.controller.web;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Ends a WebSocket whose client sends pings and takes none of the answers. The server answers each
 * of them by itself, whether the last answer has left or not, and would keep them all. No browser
 * sends any.
 */
@Sharable
final class PingGuard extends ChannelInboundHandlerAdapter {

  private static final PingGuard GUARD = new PingGuard();

  private PingGuard() {}

  /** Watches the connection on which a handshake has come. */
  static void watch(HttpServerRequest handshake) {
    ChannelHandlerContext server =
        ((HttpServerConnection) handshake.connection()).channelHandlerContext();
    if (server.pipeline().get(PingGuard.class) == null) {
      server.pipeline().addBefore(server.name(), null, GUARD);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof PingWebSocketFrame && !context.channel().isWritable()) {
      ReferenceCountUtil.release(message);
      var unused = context.close();
    } else {
      context.fireChannelRead(message);
    }
  }
}
