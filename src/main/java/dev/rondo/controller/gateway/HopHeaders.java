package dev.rondo.controller.gateway;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What passes from one connection to the next: all headers but those that are about the connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1">RFC 9110, section 7.6.1</a>
 */
final class HopHeaders {

  /**
   * Also not passed on: the name of this server, an expectation that was met here, and the page
   * that a browser shows, which was checked here and is nothing to a worker.
   */
  private static final Set<String> STAY =
      Set.of(
          "connection",
          "expect",
          "host",
          "keep-alive",
          "origin",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** What decides over the outcome never belongs to a connection, whatever it says itself. */
  private static final Set<String> PASS =
      Set.of("content-length", "content-type", "content-range", "if-match", "if-none-match");

  private HopHeaders() {}

  /** Copies what passes. */
  static void copy(MultiMap from, MultiMap to) {
    Set<String> named = new HashSet<>();
    for (String header : from.getAll("Connection")) {
      for (String name : header.split(",", -1)) {
        named.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    named.removeAll(PASS);
    for (String name : from.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!STAY.contains(lower) && !named.contains(lower)) {
        to.set(name, from.getAll(name));
      }
    }
  }
}
