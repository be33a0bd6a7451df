package dev.rondo.replication;

import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Who made a call of one question, and may hang up before it is answered. */
final class Caller<A> {

  private final GrpcServerResponse<?, A> response;
  private boolean over;

  <Q> Caller(GrpcServerRequest<Q, A> call) {
    response = call.response();
    call.exceptionHandler(failure -> over = true);
    call.errorHandler(error -> over = true);
  }

  Future<Void> write(A message) {
    return over ? Future.failedFuture(new IOException("it hung up")) : response.write(message);
  }

  /** All was said, or cannot be. */
  void end(@Nullable Throwable failure) {
    if (failure == null) {
      end(GrpcStatus.OK, "");
    } else {
      boolean malformed = failure instanceof IllegalArgumentException;
      end(
          malformed ? GrpcStatus.INVALID_ARGUMENT : GrpcStatus.UNAVAILABLE,
          String.valueOf(failure.getMessage()));
    }
  }

  void end(GrpcStatus status, String why) {
    if (!over) {
      over = true;
      response.status(status).statusMessage(why).end();
    }
  }
}
