package dev.rondo.replication;

import dev.rondo.bus.PeerFault;
import dev.rondo.proto.Answer;
import dev.rondo.proto.Request;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request to a peer, from the moment it is made until it is answered or given up. */
final class Pending<T> {

  private final long id;
  private final int bytes;
  private final long deadlineMillis;
  private final Function<Answer, T> reader;
  private final Promise<T> promise = Promise.promise();
  private @Nullable Request request;
  private long sentMillis;
  private long sentNanos;

  Pending(Request request, Function<Answer, T> reader, long deadlineMillis) {
    this.id = request.getId();
    this.bytes = request.getSerializedSize();
    this.request = request;
    this.reader = reader;
    this.deadlineMillis = deadlineMillis;
  }

  long id() {
    return id;
  }

  /** The size of the request on the wire. */
  int bytes() {
    return bytes;
  }

  long deadlineMillis() {
    return deadlineMillis;
  }

  Future<T> future() {
    return promise.future();
  }

  /** Hands the request over to be written and does not keep it: values are large. */
  Request sending(long nowMillis) {
    Request sending = request;
    if (sending == null) {
      throw new IllegalStateException("request " + id + " was sent before");
    }
    request = null;
    sentMillis = nowMillis;
    sentNanos = System.nanoTime();
    return sending;
  }

  long sentMillis() {
    return sentMillis;
  }

  /** How long it took since it was written. */
  long nanosSinceSent() {
    return System.nanoTime() - sentNanos;
  }

  /** The peer's answer, which may be that it has a fault of its own. */
  void answered(int peer, Answer answer) {
    if (answer.getBodyCase() == Answer.BodyCase.FAULT) {
      fail(peer, PeerFault.Kind.UNANSWERED, answer.getFault());
      return;
    }
    T result;
    try {
      result = reader.apply(answer);
    } catch (IllegalArgumentException malformed) {
      fail(peer, PeerFault.Kind.UNANSWERED, String.valueOf(malformed.getMessage()));
      return;
    }
    promise.tryComplete(result);
  }

  void fail(int peer, PeerFault.Kind kind, String what) {
    promise.tryFail(new PeerFault(peer, kind, what));
  }
}
