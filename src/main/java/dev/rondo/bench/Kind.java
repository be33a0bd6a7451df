package dev.rondo.bench;

import io.vertx.core.http.HttpMethod;
import java.util.Locale;

/** What an operation does to its key. */
enum Kind {
  READ,
  WRITE;

  HttpMethod method() {
    return this == READ ? HttpMethod.GET : HttpMethod.PUT;
  }

  /** The name in tables and JSON. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
