package dev.rondo.heartbeat;

import dev.rondo.proto.ControllerGrpcClient;
import dev.rondo.proto.FromController;
import dev.rondo.proto.FromWorker;
import dev.rondo.proto.Goodbye;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code Controller.Attend}, from the attempt to connect to its end. It ends once, for
 * whatever reason, and says nothing after that.
 */
final class AttendStream {

  /** What happens to a stream. */
  interface Events {

    void received(AttendStream stream, FromController message);

    /** It is over, or never came to be. */
    void ended(AttendStream stream, String why);
  }

  private static final Buffer PROBE = Buffer.buffer(new byte[8]);

  private final Events events;
  private final Promise<Void> closed = Promise.promise();
  private @Nullable GrpcClientRequest<FromWorker, FromController> request;
  private long askedMillis;
  private boolean over;

  private AttendStream(Events events) {
    this.events = events;
  }

  /** Connects and says who is calling. */
  static AttendStream open(
      GrpcClient client, SocketAddress controller, FromWorker first, Events events) {
    AttendStream stream = new AttendStream(events);
    client
        .request(controller, ControllerGrpcClient.Attend)
        .onComplete(
            request -> stream.connected(request, first), failure -> stream.end(reason(failure)));
    return stream;
  }

  private void connected(GrpcClientRequest<FromWorker, FromController> call, FromWorker first) {
    if (over) {
      call.connection().close();
      return;
    }
    request = call;
    call.exceptionHandler(failure -> end(reason(failure)));
    call.connection().exceptionHandler(failure -> end(reason(failure)));
    call.response().onComplete(this::answering, failure -> end(reason(failure)));
    askedMillis = Reporter.nowMillis();
    write(first);
  }

  /** How long ago it was said who is calling. */
  long millisSinceAsked() {
    return Reporter.nowMillis() - askedMillis;
  }

  private void answering(GrpcClientResponse<FromWorker, FromController> response) {
    response.handler(this::received);
    response.exceptionHandler(failure -> end(reason(failure)));
    response.errorHandler(error -> end("the call failed: " + error));
    response.endHandler(end -> end("it ended the call"));
  }

  private void received(FromController message) {
    if (!over) {
      events.received(this, message);
    }
  }

  void write(FromWorker message) {
    if (request == null || over) {
      return;
    }
    try {
      request.write(message).onFailure(failure -> end(reason(failure)));
    } catch (IllegalStateException failed) {
      end(reason(failed));
    }
  }

  /** Completes when the controller's process has reacted. */
  Future<?> probe() {
    return request == null || over
        ? Future.failedFuture("there is no connection")
        : request.connection().ping(PROBE);
  }

  /** Says goodbye, after everything written before; completes when the controller has heard it. */
  Future<Void> finish() {
    if (request == null || over) {
      over = true;
      return Future.succeededFuture();
    }
    write(FromWorker.newBuilder().setGoodbye(Goodbye.getDefaultInstance()).build());
    over = true;
    request.end();
    return closed.future();
  }

  /**
   * Ends it with {@code why}. The connection goes with it, for the next attempt should not be made
   * on one that may lead nowhere.
   */
  void end(String why) {
    closed.tryComplete();
    if (!over) {
      over = true;
      if (request != null) {
        request.connection().close();
      }
      events.ended(this, why);
    }
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
