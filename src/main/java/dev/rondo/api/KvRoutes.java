package dev.rondo.api;

import dev.rondo.http.Methods;
import dev.rondo.http.Target;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** {@code /kv/{key}}: which method does what. */
final class KvRoutes {

  static final String PREFIX = "/kv/";

  private final KvWrites writes;
  private final KvReads reads;
  private final Methods methods;

  KvRoutes(KvWrites writes, KvReads reads, Methods methods) {
    this.writes = writes;
    this.reads = reads;
    this.methods = methods;
  }

  /** Handles a request whose path starts with {@link #PREFIX}. */
  void handle(HttpServerRequest request, Target target) {
    HttpMethod method = request.method();
    if (Methods.isRead(method)) {
      reads.read(request, KeyPath.parse(target.path(), PREFIX), target.query());
    } else if (method.equals(HttpMethod.PUT)) {
      writes.put(request, KeyPath.parse(target.path(), PREFIX), target.query());
    } else if (method.equals(HttpMethod.DELETE)) {
      writes.delete(request, KeyPath.parse(target.path(), PREFIX), target.query());
    } else {
      methods.other(request, Methods.OF_KEYS);
    }
  }
}
