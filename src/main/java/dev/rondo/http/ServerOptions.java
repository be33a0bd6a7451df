package dev.rondo.http;

import dev.rondo.config.NodeConfig;
import io.vertx.core.http.HttpServerOptions;

/** How the HTTP server is set up. */
public final class ServerOptions {

  /** A key of 1024 bytes, each percent-encoded, takes 3072; the rest is for parameters. */
  public static final int LINE_BYTES_MAX = 8 << 10;

  public static final int HEADER_BYTES_MAX = 16 << 10;

  private static final int PIECE_BYTES_MAX = 64 << 10;
  private static final int BACKLOG = 1024;

  private ServerOptions() {}

  /**
   * The options of a worker's server.
   *
   * <p>HTTP/2 without TLS stays off: with it, Vert.x counts a connection only once the head of its
   * first request is complete, so that silent clients could not be limited.
   */
  public static HttpServerOptions of(NodeConfig config) {
    HttpServerOptions options = new HttpServerOptions();
    options.setHost(config.host());
    options.setPort(port(config));
    options.setMaxInitialLineLength(LINE_BYTES_MAX);
    options.setMaxHeaderSize(HEADER_BYTES_MAX);
    options.setMaxChunkSize(PIECE_BYTES_MAX);
    options.setHandle100ContinueAutomatically(false);
    options.setHttp2ClearTextEnabled(false);
    options.setCompressionSupported(false);
    options.setDecompressionSupported(false);
    options.setTcpNoDelay(true);
    options.setReuseAddress(true);
    options.setAcceptBacklog(BACKLOG);
    return options;
  }

  /** A negative port makes all instances of one worker share the same free port. */
  private static int port(NodeConfig config) {
    return config.http().port() == 0 ? -1 - config.id() : config.http().port();
  }
}
