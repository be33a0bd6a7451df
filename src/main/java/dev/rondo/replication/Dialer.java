package dev.rondo.replication;

import dev.rondo.core.member.Member;
import dev.rondo.proto.Hello;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.util.concurrent.ThreadLocalRandom;

/** Calls one peer, and decides when to call again. At most one timer runs at a time. */
final class Dialer {

  private static final long HELLO_MILLIS = 1_500;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** A refusal is for a person to resolve, or for a change of the cluster on its way. */
  private static final long REFUSED_PAUSE_MILLIS = 5_000;

  private static final long NONE = -1;

  private final Vertx vertx;
  private final GrpcClient client;
  private final Backoff backoff =
      new Backoff(FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS, ThreadLocalRandom.current());
  private long timer = NONE;
  private boolean closed;

  Dialer(Vertx vertx, GrpcClient client) {
    this.vertx = vertx;
    this.client = client;
  }

  /** Opens a stream, which is told that it ended if the hello is not answered soon. */
  PeerStream dial(Member peer, Hello hello, PeerStream.Events events) {
    after(HELLO_MILLIS, () -> events.ended("it did not answer the hello"));
    return PeerStream.open(
        client, SocketAddress.inetSocketAddress(peer.grpcPort(), peer.host()), hello, events);
  }

  /** The hello was answered, or nobody waits for that any more. */
  void answered() {
    cancel();
  }

  /** The next pause is a short one again. */
  void succeeded() {
    backoff.succeeded();
  }

  /** How often it has failed since it last succeeded. */
  int failures() {
    return backoff.attempts();
  }

  void redial(Runnable connect) {
    after(backoff.nextMillis(), connect);
  }

  void redialAfterRefusal(Runnable connect) {
    after(REFUSED_PAUSE_MILLIS, connect);
  }

  /** Forgets what it was waiting for. */
  void cancel() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }

  void close() {
    cancel();
    closed = true;
  }

  private void after(long millis, Runnable action) {
    cancel();
    if (!closed) {
      timer =
          vertx.setTimer(
              millis,
              id -> {
                timer = NONE;
                action.run();
              });
    }
  }
}
