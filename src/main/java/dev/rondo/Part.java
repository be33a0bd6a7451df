package dev.rondo;

import dev.rondo.http.Socket;
import io.vertx.core.Deployable;
import java.util.List;
import java.util.function.Supplier;

/**
 * One verticle of a node.
 *
 * @param name in the log, when it does not start or stop
 * @param instances how many of it, each on an event loop
 * @param behind the sockets on whose event loops the instances have to be, one each; none where any
 *     event loop will do
 */
record Part(
    String name, int instances, Supplier<? extends Deployable> verticle, List<Socket> behind) {

  /** A verticle whose instances may be on any event loops. */
  Part(String name, int instances, Supplier<? extends Deployable> verticle) {
    this(name, instances, verticle, List.of());
  }

  /** A verticle with one instance behind each socket. */
  static Part behind(List<Socket> sockets, String name, Supplier<? extends Deployable> verticle) {
    return new Part(name, sockets.size(), verticle, sockets);
  }
}
