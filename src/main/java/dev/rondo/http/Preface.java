package dev.rondo.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Looks at the first bytes of a connection, which say whether it speaks HTTP/2. Where it does not,
 * it never will: offers to change over are ignored.
 *
 * <p>They are obsolete (RFC 9113, section 3.1), and a proxy that passes one on has opened a way
 * past itself, on which everybody would be a client of the machine itself.
 */
final class Preface extends ChannelInboundHandlerAdapter {

  private static final byte[] HTTP_2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

  /** The name that Vert.x gives to its handler of such offers. */
  private static final String OFFERS = "h2c";

  /** So much of it is a request in the words of HTTP/1.1, though in no version of that. */
  private static final int REQUEST = "PRI * HTTP/2.0\r\n\r\n".length();

  private int matched;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    int length = Math.min(bytes.readableBytes(), HTTP_2.length - matched);
    for (int i = 0; i < length; i++) {
      if (bytes.getByte(bytes.readerIndex() + i) != HTTP_2[matched + i]) {
        if (matched + i >= REQUEST) {
          breakOff(context, bytes);
        } else {
          speakHttp1(context, bytes, i + 1);
        }
        return;
      }
    }
    matched += length;
    if (matched == HTTP_2.length) {
      context.pipeline().remove(this);
    }
    context.fireChannelRead(bytes);
  }

  /** Broken off within the preface, it is neither (RFC 9113, section 3.4). */
  private static void breakOff(ChannelHandlerContext context, ByteBuf bytes) {
    bytes.release();
    var unused = context.close();
  }

  /** With the byte that differs Vert.x prepares for HTTP/1.1, and has not read a request yet. */
  private void speakHttp1(ChannelHandlerContext context, ByteBuf bytes, int known) {
    context.fireChannelRead(bytes.readRetainedSlice(known));
    if (context.pipeline().get(OFFERS) != null) {
      context.pipeline().addBefore(OFFERS, null, new Versions());
      context.pipeline().addBefore(OFFERS, null, new NoOffer());
    }
    context.pipeline().remove(this);
    context.fireChannelRead(bytes);
  }
}
