package dev.rondo.replication;

import com.google.protobuf.Parser;
import dev.rondo.wire.Incoming;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Who made a call of one question, and may hang up before it is answered. */
final class Caller<A> {

  private final GrpcServerResponse<?, A> response;
  private boolean asked;
  private boolean over;

  private Caller(GrpcServerRequest<?, A> call) {
    response = call.response();
    call.exceptionHandler(failure -> over = true);
    call.errorHandler(error -> over = true);
  }

  /** Has the question of a call answered, which must have exactly one. */
  static <Q, A> void hear(
      GrpcServerRequest<Q, A> call, Parser<Q> parser, BiConsumer<Q, Caller<A>> work) {
    Caller<A> caller = new Caller<>(call);
    Incoming.hear(
        call,
        parser,
        new Incoming.Listener<>() {
          @Override
          public void said(Q question, int bytes) {
            if (!caller.asked && !caller.over) {
              caller.asked = true;
              work.accept(question, caller);
            }
          }

          @Override
          public void unreadable(GrpcStatus status, String why) {
            caller.end(status, why);
          }
        });
    call.endHandler(
        end -> {
          if (!caller.asked) {
            caller.end(GrpcStatus.INVALID_ARGUMENT, "the question is missing");
          }
        });
  }

  /** Whether nobody listens any more, or all was said. */
  boolean isOver() {
    return over;
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
