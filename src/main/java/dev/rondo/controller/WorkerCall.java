package dev.rondo.controller;

import dev.rondo.proto.FromController;
import dev.rondo.proto.FromWorker;
import dev.rondo.proto.Refusal;
import dev.rondo.proto.Registration;
import dev.rondo.proto.Welcome;
import dev.rondo.wire.Incoming;
import dev.rondo.wire.Quoted;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker's call of {@code Controller.Attend}: its registration, then what it tells. */
final class WorkerCall implements Incoming.Listener<FromWorker> {
  private static final Logger log = LoggerFactory.getLogger(WorkerCall.class);

  /** Who takes the calls. */
  interface Desk {

    /** Somebody calls; answers with {@link #welcome} or {@link #refuse}, sooner or later. */
    void called(WorkerCall call, Registration words);

    /** A welcome worker says something. */
    void told(WorkerCall call, FromWorker message);

    /** A welcome worker's call is over. */
    void ended(WorkerCall call);
  }

  private final GrpcServerRequest<FromWorker, FromController> request;
  private final Desk desk;
  private int worker = -1;
  private boolean welcome;
  private boolean over;

  WorkerCall(GrpcServerRequest<FromWorker, FromController> request, Desk desk) {
    this.request = request;
    this.desk = desk;
    Incoming.hear(request, FromWorker.parser(), this);
    request.exceptionHandler(failure -> gone());
    request.errorHandler(error -> gone());
    request.endHandler(end -> end("goodbye"));
  }

  /** A call that another generation has welcomed; from here on it is heard here. */
  static WorkerCall of(
      GrpcServerRequest<FromWorker, FromController> request, int worker, Desk desk) {
    WorkerCall call = new WorkerCall(request, desk);
    call.worker = worker;
    call.welcome = true;
    return call;
  }

  GrpcServerRequest<FromWorker, FromController> request() {
    return request;
  }

  int worker() {
    return worker;
  }

  boolean isOver() {
    return over;
  }

  void welcome(Welcome words) {
    welcome = true;
    send(FromController.newBuilder().setWelcome(words).build());
  }

  void refuse(String detail) {
    send(FromController.newBuilder().setRefusal(Refusal.newBuilder().setDetail(detail)).build());
    end(GrpcStatus.OK, "refused");
  }

  /** Says something; a worker that does not listen is hung up on. */
  void send(FromController message) {
    if (over) {
      return;
    }
    if (request.response().writeQueueFull()) {
      end("it does not listen");
      return;
    }
    try {
      request.response().write(message);
    } catch (IllegalStateException alreadyGone) {
      gone();
    }
  }

  void end(String why) {
    end(GrpcStatus.UNAVAILABLE, why);
  }

  private void end(GrpcStatus status, String why) {
    if (over) {
      return;
    }
    gone();
    try {
      request.response().status(status).statusMessage(why).end();
    } catch (IllegalStateException alreadyGone) {
      log.debug("The caller was gone before the call could be ended", alreadyGone);
    }
  }

  @Override
  public void unreadable(GrpcStatus status, String why) {
    end(status, why);
  }

  @Override
  public void said(FromWorker message, int bytes) {
    if (over) {
      return;
    }
    try {
      if (worker < 0) {
        register(message);
      } else if (welcome) {
        desk.told(this, message);
      }
    } catch (IllegalArgumentException nonsense) {
      String reason = Quoted.line(String.valueOf(nonsense.getMessage()));
      log.warn("Worker {} says what makes no sense reason={}", worker, reason);
      end(GrpcStatus.INVALID_ARGUMENT, reason);
    }
  }

  private void register(FromWorker message) {
    if (!message.hasRegistration()) {
      end(GrpcStatus.INVALID_ARGUMENT, "the first message must be a registration");
      return;
    }
    worker = message.getRegistration().getWorker() & Integer.MAX_VALUE;
    desk.called(this, message.getRegistration());
  }

  private void gone() {
    if (!over) {
      over = true;
      desk.ended(this);
    }
  }
}
