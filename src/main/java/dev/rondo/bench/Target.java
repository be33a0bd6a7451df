package dev.rondo.bench;

import java.net.URI;

/** A node under load. */
record Target(String host, int port) {

  /** Reads {@code http://host:port}. */
  static Target parse(String url) {
    URI uri = URI.create(url);
    String host = uri.getHost();
    boolean bare = uri.getPath() == null || uri.getPath().matches("/?");
    if (!"http".equals(uri.getScheme()) || host == null || !bare) {
      throw new IllegalArgumentException("'" + url + "', allowed: http://host:port");
    }
    return new Target(host, uri.getPort() < 0 ? 80 : uri.getPort());
  }

  String url() {
    return "http://" + host + ":" + port;
  }
}
