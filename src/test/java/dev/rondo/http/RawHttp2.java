package dev.rondo.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rondo.core.record.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A client that sends the frames of HTTP/2 that it is told to, and waits for a while at most. */
public final class RawHttp2 implements AutoCloseable {

  public static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RESET = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  public static final int END_STREAM = 1;
  public static final int ACK = 1;
  public static final int END_HEADERS = 4;
  private static final int PRIORITIZED = 0x20;

  private static final int PATIENCE_MILLIS = 10_000;
  private static final byte[] NOTHING = new byte[0];

  /** What came: the last frame of one kind on one stream. */
  public record Frame(int type, int flags, int stream, Bytes payload) {
    boolean ends() {
      return (flags & END_STREAM) != 0 && (type == DATA || type == HEADERS);
    }
  }

  /** One answer; {@code reset} where the stream ended otherwise, or after it. */
  public record Answer(int status, Http2Headers headers, Bytes body, boolean reset) {
    public @Nullable String header(String name) {
      CharSequence value = headers.get(name);
      return value == null ? null : value.toString();
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

  /** Connects and says nothing. */
  public RawHttp2(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects and speaks as is proper. */
  public static RawHttp2 open(int port) {
    return new RawHttp2(port).send(PREFACE).frame(SETTINGS, 0, 0, NOTHING);
  }

  public RawHttp2 send(byte[] bytes) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RawHttp2 frame(int type, int flags, int stream, byte[] payload) {
    return send(bytes(type, flags, stream, payload));
  }

  /** Many of them at once; returns without complaint where the server has had enough. */
  public RawHttp2 flood(int times, int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(bytes(type, flags, stream, payload));
    }
    try {
      socket.getOutputStream().write(all.toByteArray());
    } catch (IOException enough) {
      return this;
    }
    return this;
  }

  /** A request without a body. */
  public RawHttp2 request(int stream, Http2Headers headers) {
    return frame(HEADERS, END_HEADERS | END_STREAM, stream, block(headers));
  }

  public static Http2Headers head(String method, String path) {
    return new DefaultHttp2Headers(false)
        .method(method)
        .scheme("http")
        .authority("rondo")
        .path(path);
  }

  /** Headers as they are sent. */
  public byte[] block(Http2Headers headers) {
    ByteBuf block = Unpooled.buffer();
    try {
      encoder.encodeHeaders(1, headers, block);
      return ByteBufUtil.getBytes(block);
    } catch (Http2Exception e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The answer on a stream; what comes on others is skipped, and windows are never full. */
  public Answer receive(int stream) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      Frame frame = next();
      if (frame == null) {
        throw new IllegalStateException("closed before an answer on " + stream);
      }
      if (frame.type() == HEADERS) {
        Http2Headers decoded = headers(frame);
        headers = frame.stream() == stream ? decoded : headers;
      }
      if (frame.stream() == stream && frame.type() == DATA) {
        body.writeBytes(frame.payload().toArray());
        credit(frame.payload().length(), stream);
      }
      if (frame.stream() == stream && (frame.ends() || frame.type() == RESET)) {
        CharSequence status = headers.status();
        return new Answer(
            status == null ? 0 : Integer.parseInt(status.toString()),
            headers,
            Bytes.wrap(body.toByteArray()),
            frame.type() == RESET);
      }
    }
  }

  /** The frame that ends the answer on a stream. */
  public Frame last(int stream) {
    Frame frame = next();
    while (frame != null && !(frame.stream() == stream && frame.ends())) {
      if (frame.type() == DATA) {
        credit(frame.payload().length(), frame.stream());
      }
      frame = next();
    }
    if (frame == null) {
      throw new IllegalStateException("closed before the end of the answer on " + stream);
    }
    return frame;
  }

  private void credit(int bytes, int stream) {
    if (bytes > 0) {
      byte[] increment = new byte[] {0, (byte) (bytes >> 16), (byte) (bytes >> 8), (byte) bytes};
      flood(1, WINDOW_UPDATE, 0, 0, increment).flood(1, WINDOW_UPDATE, 0, stream, increment);
    }
  }

  private Http2Headers headers(Frame frame) {
    try {
      int priority = (frame.flags() & PRIORITIZED) == 0 ? 0 : 5;
      ByteBuf block = Unpooled.wrappedBuffer(frame.payload().toArray()).skipBytes(priority);
      return decoder.decodeHeaders(frame.stream(), block);
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next frame; null when the connection has ended. */
  public @Nullable Frame next() {
    try {
      int head = in.readInt();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      return new Frame(head & 0xff, flags, stream, Bytes.wrap(in.readNBytes(head >>> 8)));
    } catch (EOFException ended) {
      return null;
    } catch (IOException e) {
      if (e instanceof java.net.SocketException) {
        return null;
      }
      throw new UncheckedIOException(e);
    }
  }

  /** Reads to the end of the connection; false when it does not end in time. */
  public boolean isClosed() {
    try {
      Frame last;
      do {
        last = next();
      } while (last != null);
      return true;
    } catch (UncheckedIOException open) {
      return false;
    }
  }

  private static byte[] bytes(int type, int flags, int stream, byte[] payload) {
    ByteBuf frame = Unpooled.buffer(9 + payload.length);
    frame.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream);
    frame.writeBytes(payload);
    return ByteBufUtil.getBytes(frame);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
