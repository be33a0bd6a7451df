package dev.rondo.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** A node under load. */
record Target(String host, int port) {

  private static final int CONNECT_MILLIS = 3_000;

  /** Reads {@code http://host:port}. */
  static Target parse(String url) {
    if (!url.matches("http://[^/?#@\\s]+/?")) {
      throw refused(url);
    }
    URI uri = URI.create(url);
    if (uri.getHost() == null) {
      throw refused(url);
    }
    return new Target(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
  }

  private static IllegalArgumentException refused(String url) {
    return new IllegalArgumentException("'" + url + "' is no target, allowed: http://host:port");
  }

  /** Whether anybody takes connections there. */
  boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  String url() {
    return "http://" + host + ":" + port;
  }
}
