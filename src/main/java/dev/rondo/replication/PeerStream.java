package dev.rondo.replication;

import dev.rondo.proto.Answers;
import dev.rondo.proto.Hello;
import dev.rondo.proto.HelloAnswer;
import dev.rondo.proto.PeerGrpcClient;
import dev.rondo.proto.Requests;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code Peer.Exchange}, from the attempt to connect to its end. It ends once, for
 * whatever reason, and says nothing after that.
 */
final class PeerStream {

  /** What happens to a stream. */
  interface Events {

    /** The peer has answered the hello, one way or the other. */
    void greeted(HelloAnswer answer);

    /** A message came, with answers or, as the first one, without; not after a refusal. */
    void answered(Answers answers);

    /** There is room to write again. */
    void drained();

    /** It is over, or never came to be. */
    void ended(String why);
  }

  private static final Buffer PROBE = Buffer.buffer(new byte[8]);

  private final Events events;
  private @Nullable GrpcClientRequest<Requests, Answers> request;
  private boolean over;

  private PeerStream(Events events) {
    this.events = events;
  }

  /** Connects and says hello. */
  static PeerStream open(GrpcClient client, SocketAddress peer, Hello hello, Events events) {
    PeerStream stream = new PeerStream(events);
    client
        .request(peer, PeerGrpcClient.Exchange)
        .onComplete(
            request -> stream.connected(request, hello), failure -> stream.end(reason(failure)));
    return stream;
  }

  private void connected(GrpcClientRequest<Requests, Answers> call, Hello hello) {
    if (over) {
      call.connection().close();
      return;
    }
    request = call;
    call.setWriteQueueMaxSize(Transport.WRITE_QUEUE_BYTES);
    call.exceptionHandler(failure -> end(reason(failure)));
    call.connection().exceptionHandler(failure -> end(reason(failure)));
    call.drainHandler(ready -> events.drained());
    call.response().onComplete(this::answering, failure -> end(reason(failure)));
    write(Requests.newBuilder().setHello(hello).build());
  }

  private void answering(GrpcClientResponse<Requests, Answers> response) {
    response.handler(this::received);
    response.exceptionHandler(failure -> end(reason(failure)));
    response.errorHandler(error -> end("the call failed: " + error));
    response.endHandler(end -> end("it ended the call"));
  }

  private void received(Answers answers) {
    if (over) {
      return;
    }
    if (answers.hasHello()) {
      events.greeted(answers.getHello());
    }
    if (!over) {
      events.answered(answers);
    }
  }

  /** Whether writing should wait for {@link Events#drained}. */
  boolean isFull() {
    return request == null || request.writeQueueFull();
  }

  void write(Requests message) {
    if (request == null || over) {
      return;
    }
    try {
      request.write(message).onFailure(failure -> end(reason(failure)));
    } catch (IllegalStateException failed) {
      end(reason(failed));
    }
  }

  /**
   * Completes when the peer's process has reacted. Unlike a request this overtakes what was written
   * and not sent yet, and what the peer has received and not worked on yet.
   */
  Future<?> probe() {
    return request == null || over
        ? Future.failedFuture("there is no connection")
        : request.connection().ping(PROBE);
  }

  /** Says goodbye, after everything written before. */
  void finish() {
    if (request != null && !over) {
      over = true;
      request.end();
    }
    over = true;
  }

  /**
   * Cuts the connection. A reset of the stream alone would leave the next attempt on a connection
   * that may lead nowhere.
   */
  void cut() {
    over = true;
    if (request != null) {
      request.connection().close();
    }
  }

  private void end(String why) {
    if (!over) {
      cut();
      events.ended(why);
    }
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
