package dev.rondo.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/** Removes the offer to go on with HTTP/2 from the first request, the only one that may have it. */
final class NoOffer extends ChannelInboundHandlerAdapter {

  private static final String HTTP_2 = "h2c";

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      if (request.headers().contains(HttpHeaderNames.UPGRADE, HTTP_2, true)) {
        request.headers().remove(HttpHeaderNames.UPGRADE);
      }
      context.pipeline().remove(this);
    }
    context.fireChannelRead(message);
  }
}
