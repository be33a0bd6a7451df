package dev.rondo.http;

import dev.rondo.config.NodeConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/** How the HTTP server is set up. */
public final class ServerOptions {

  /** A key of 1024 bytes, each percent-encoded, takes 3072; the rest is for parameters. */
  public static final int LINE_BYTES_MAX = 8 << 10;

  public static final int HEADER_BYTES_MAX = 16 << 10;

  private static final int PIECE_BYTES_MAX = 64 << 10;
  private static final int BACKLOG = 1024;

  /** Requests of one HTTP/2 connection at a time. */
  private static final int STREAMS_MAX = 100;

  /** What one request may send before somebody reads it. */
  private static final int STREAM_WINDOW_BYTES = 64 << 10;

  /**
   * All of them at once, so that those that wait for room do not hold up the others; twice, for up
   * to half of the window may have been read without the client knowing.
   */
  private static final int CONNECTION_WINDOW_BYTES = 2 * STREAMS_MAX * STREAM_WINDOW_BYTES;

  /** Requests that one connection may give up within that time, before it counts as an attack. */
  private static final int RESETS_MAX = 200;

  private static final int RESETS_SECONDS = 30;

  private ServerOptions() {}

  /** The options of a worker's server, which speaks HTTP/1.1 and HTTP/2. */
  public static HttpServerOptions of(NodeConfig config) {
    HttpServerOptions options = new HttpServerOptions();
    options.setHost(config.host());
    options.setPort(port(config));
    options.setMaxInitialLineLength(LINE_BYTES_MAX);
    options.setMaxHeaderSize(HEADER_BYTES_MAX);
    options.setMaxChunkSize(PIECE_BYTES_MAX);
    options.setHandle100ContinueAutomatically(false);
    options.setHttp2ClearTextEnabled(true);
    options.setInitialSettings(settings());
    options.setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES);
    options.setHttp2RstFloodMaxRstFramePerWindow(RESETS_MAX);
    options.setHttp2RstFloodWindowDuration(RESETS_SECONDS);
    options.setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS);
    options.setCompressionSupported(false);
    options.setPerMessageWebSocketCompressionSupported(false);
    options.setPerFrameWebSocketCompressionSupported(false);
    options.setDecompressionSupported(false);
    options.setTcpNoDelay(true);
    options.setReuseAddress(true);
    options.setAcceptBacklog(BACKLOG);
    return options;
  }

  private static Http2Settings settings() {
    return new Http2Settings()
        .setMaxConcurrentStreams(STREAMS_MAX)
        .setInitialWindowSize(STREAM_WINDOW_BYTES)
        .setMaxHeaderListSize(HEADER_BYTES_MAX)
        .setPushEnabled(false);
  }

  /** A negative port makes all instances of one worker share the same free port. */
  private static int port(NodeConfig config) {
    return config.http().port() == 0 ? -1 - config.id() : config.http().port();
  }
}
