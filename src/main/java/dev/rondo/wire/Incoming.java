package dev.rondo.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;

/**
 * The messages of a caller, in its own words. A gRPC server of Vert.x cuts off who says something
 * that cannot be read, so that it sees no more than a reset stream; here it is told why.
 */
public final class Incoming {

  /** Who listens to a caller. */
  public interface Listener<Q> {

    /** A message came, which took so many bytes. */
    void said(Q message, int bytes);

    /** Something else came; the call is to end with this status. */
    void unreadable(GrpcStatus status, String why);
  }

  private Incoming() {}

  /** Tells {@code listener} what comes by {@code call}, until the call ends. */
  public static <Q> void hear(
      GrpcServerRequest<Q, ?> call, Parser<Q> parser, Listener<Q> listener) {
    call.messageHandler(
        message -> {
          try {
            read(message.payload(), parser, listener);
          } catch (RuntimeException bug) {
            call.response().fail(bug);
          }
        });
    call.invalidMessageHandler(
        large -> listener.unreadable(GrpcStatus.RESOURCE_EXHAUSTED, "the message is too large"));
  }

  private static <Q> void read(Buffer payload, Parser<Q> parser, Listener<Q> listener) {
    Q message;
    try {
      message = parser.parseFrom(payload.getBytes());
    } catch (InvalidProtocolBufferException malformed) {
      listener.unreadable(
          GrpcStatus.INVALID_ARGUMENT, "the message is malformed: " + malformed.getMessage());
      return;
    }
    listener.said(message, payload.length());
  }
}
