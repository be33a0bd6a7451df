package dev.rondo.replication;

import dev.rondo.proto.Answers;
import dev.rondo.proto.Hello;
import dev.rondo.proto.HelloAnswer;
import dev.rondo.proto.Requests;
import dev.rondo.wire.Incoming;
import dev.rondo.wire.PeerState.Caller;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of {@code Peer.Exchange} from another worker: its hello, then its requests. */
final class Inbound implements Incoming.Listener<Requests> {

  private static final Logger log = LoggerFactory.getLogger(Inbound.class);

  /** Who answers the hello. */
  interface Reception {

    /** The refusal, or empty. */
    Optional<HelloAnswer> refusal(Hello hello);

    /** The welcome of a caller that is not refused. */
    Future<HelloAnswer> welcome(Hello hello);

    /** A message of the caller names the epoch by which it works; 0 for none. */
    void heard(int caller, long epoch);

    /** Says of this worker what every message to a caller says. */
    void sign(Answers.Builder message);

    /** The caller was welcomed. */
    void entered(int caller);
  }

  private final GrpcServerRequest<Requests, Answers> call;
  private final Reception reception;
  private final Attendant attendant;
  private final Replies replies;
  private final Servings servings;
  private final Promise<Void> ended = Promise.promise();
  private @Nullable Integer caller;
  private boolean welcome;
  private boolean paused;
  private boolean finishing;

  Inbound(
      GrpcServerRequest<Requests, Answers> call,
      Context context,
      Reception reception,
      Attendant attendant) {
    this.call = call;
    this.reception = reception;
    this.attendant = attendant;
    this.replies = new Replies(call.response(), context, reception::sign, this::relieved);
    this.servings = attendant.servings(replies);
    Incoming.hear(call, Requests.parser(), this);
    call.exceptionHandler(failure -> gone());
    call.errorHandler(error -> gone());
    call.endHandler(end -> finish());
  }

  /** A call that another generation has welcomed; from here on its requests come here. */
  static Inbound of(Caller known, Context context, Reception reception, Attendant attendant) {
    Inbound inbound = new Inbound(known.call(), context, reception, attendant);
    inbound.caller = known.worker();
    inbound.welcome = true;
    known.call().resume();
    return inbound;
  }

  /**
   * Leaves the call to another generation, and answers what is open; empty where that cannot be.
   */
  Optional<Caller> leave() {
    Integer who = caller;
    if (who == null || !welcome || finishing || ended.future().isComplete()) {
      return Optional.empty();
    }
    replies.leave();
    return Optional.of(new Caller(call, who));
  }

  /** How many requests are open. */
  int open() {
    return replies.open();
  }

  /** Completes when the call is over. */
  Future<Void> ended() {
    return ended.future();
  }

  @Override
  public void unreadable(GrpcStatus status, String why) {
    end(status, why);
  }

  @Override
  public void said(Requests message, int bytes) {
    if (ended.future().isComplete()) {
      // Whoever was refused may have sent more before it knew, or not care.
      return;
    }
    Integer who = caller;
    if (who == null) {
      greet(message);
      return;
    }
    reception.heard(who, message.getEpoch());
    replies.expect(message.getRequestsCount(), bytes);
    attendant.attend(who, message, replies, servings);
    if (replies.isOverwhelmed() && !paused) {
      paused = true;
      call.pause();
    }
  }

  private void greet(Requests message) {
    if (!message.hasHello()) {
      end(GrpcStatus.INVALID_ARGUMENT, "the first message must be a hello");
      return;
    }
    Hello greeting = message.getHello();
    caller = greeting.getWorker();
    Optional<HelloAnswer> refusal = reception.refusal(greeting);
    if (refusal.isPresent()) {
      replies.write(Answers.newBuilder().setHello(refusal.get()).build());
      end(GrpcStatus.OK, "");
      return;
    }
    reception.heard(greeting.getWorker(), greeting.getEpoch());
    call.pause();
    reception.welcome(greeting).onComplete(this::welcomed, this::embarrassed);
  }

  private void welcomed(HelloAnswer greeting) {
    if (!ended.future().isComplete() && caller != null) {
      Answers.Builder answer = Answers.newBuilder().setHello(greeting);
      reception.sign(answer);
      replies.write(answer.build());
      welcome = true;
      call.resume();
      reception.entered(caller);
    }
  }

  private void embarrassed(Throwable failure) {
    log.warn("A call cannot be taken, the caller will try again reason={}", failure.getMessage());
    end(GrpcStatus.UNAVAILABLE, "the storage does not answer");
  }

  private void relieved() {
    servings.goOn();
    if (paused && replies.isRelaxed()) {
      paused = false;
      call.resume();
    }
    if (finishing && replies.open() == 0) {
      end(GrpcStatus.OK, "");
    }
  }

  /** Ends the call once what is open was answered. */
  void finish() {
    finishing = true;
    relieved();
  }

  /** Ends the call. */
  void end(GrpcStatus status, String why) {
    if (ended.tryComplete()) {
      replies.end();
      try {
        call.response().status(status).statusMessage(why).end();
      } catch (IllegalStateException alreadyGone) {
        log.debug("The caller was gone before the call could be ended", alreadyGone);
      }
    }
  }

  private void gone() {
    if (ended.tryComplete()) {
      replies.end();
    }
  }
}
