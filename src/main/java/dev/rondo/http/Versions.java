package dev.rondo.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;

/**
 * Looks at the version in each request line. Those that are not known here would be refused by
 * Vert.x in the very version that it does not speak; so they go on as malformed requests in
 * HTTP/1.1, and nothing follows them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-2.5">RFC 9110, section 2.5</a>
 */
final class Versions extends ChannelInboundHandlerAdapter {

  private boolean refused;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (refused) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
      check(request);
    }
    context.fireChannelRead(message);
  }

  /** What comes behind 1.1 and begins with 1 can be read as 1.1. */
  private void check(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (version.majorVersion() != 1) {
      refused = true;
      request.setDecoderResult(DecoderResult.failure(new UnknownVersionException()));
    }
    if (!version.equals(HttpVersion.HTTP_1_0)) {
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }
  }
}
