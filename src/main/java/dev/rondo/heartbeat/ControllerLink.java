package dev.rondo.heartbeat;

import dev.rondo.config.ControllerConfig;
import dev.rondo.proto.Beat;
import dev.rondo.proto.FromController;
import dev.rondo.proto.FromWorker;
import dev.rondo.proto.Registration;
import dev.rondo.proto.Welcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the controller: registers, beats, and tries again for ever when there is none.
 * What the controller asks is passed on, one thing after the other.
 */
final class ControllerLink implements AttendStream.Events {
  private static final Logger log = LoggerFactory.getLogger(ControllerLink.class);

  /** The version of the conversation in {@code controller.proto}. */
  static final int PROTOCOL = 1;

  private static final int MESSAGE_BYTES_MAX = 4 << 20;
  private static final int CONNECT_MILLIS = 1_000;
  private static final long WELCOME_MILLIS = 1_500;
  private static final long GOODBYE_MILLIS = 500;
  private static final long NONE = -1;

  /** Whom the controller talks to. */
  interface Worker {

    Registration registration();

    /** Epoch of the state that it works by. */
    long epoch();

    /** Completes when the controller's state is in force, if that was newer. */
    Future<Void> welcomed(Welcome welcome);

    /** The controller has said what time it is; before {@link #welcomed}. */
    void told(ControllerTime time);

    /** Does what the controller asks; completes with the answer, if there is one. */
    Future<@Nullable FromWorker> asked(FromController question);
  }

  private final Vertx vertx;
  private final SocketAddress controller;
  private final Worker worker;
  private final GrpcClient client;
  private final Redial redial;
  private @Nullable AttendStream stream;
  private boolean attending;
  private long beats;
  private long beatTimer = NONE;
  private Future<?> lastAnswer = Future.succeededFuture();
  private String refusal = "";
  private boolean quit;

  ControllerLink(Vertx vertx, ControllerConfig controller, Worker worker) {
    this.vertx = vertx;
    this.controller = SocketAddress.inetSocketAddress(controller.grpcPort(), controller.host());
    this.worker = worker;
    this.redial = new Redial(vertx);
    this.client =
        GrpcClient.client(
            vertx,
            new GrpcClientOptions().setMaxMessageSize(MESSAGE_BYTES_MAX),
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout(CONNECT_MILLIS));
  }

  void dial() {
    FromWorker first = FromWorker.newBuilder().setRegistration(worker.registration()).build();
    AttendStream opened = AttendStream.open(client, controller, first, this);
    stream = opened;
    redial.after(WELCOME_MILLIS, () -> opened.end("it did not answer in time"));
  }

  /** Whether there is a controller that can be told. */
  boolean isAttending() {
    return attending;
  }

  /** Tells the controller; without one nobody is told. */
  void send(FromWorker message) {
    if (attending) {
      write(message);
    }
  }

  /**
   * Says and hears nothing any more, and leaves it to another one to call: the controller takes
   * that for the same worker. Completes when what was asked before is answered.
   */
  Future<?> quit() {
    quit = true;
    attending = false;
    redial.close();
    vertx.cancelTimer(beatTimer);
    return lastAnswer;
  }

  /** Hangs up without a word, after {@link #quit}. */
  Future<?> hangUp() {
    AttendStream last = stream;
    stream = null;
    if (last != null) {
      last.end("another generation has called");
    }
    return client.close();
  }

  /** Says goodbye and calls no more. */
  Future<?> close() {
    redial.close();
    vertx.cancelTimer(beatTimer);
    AttendStream last = stream;
    Future<?> heard = last == null ? Future.succeededFuture() : last.finish();
    return heard.timeout(GOODBYE_MILLIS, TimeUnit.MILLISECONDS).transform(done -> client.close());
  }

  @Override
  public void received(AttendStream from, FromController message) {
    if (from != stream || quit) {
      return;
    }
    if (message.hasWelcome()) {
      learnTime(message.getWelcome().getWallMillis(), from.millisSinceAsked());
      welcomed(message.getWelcome());
    } else if (message.hasRefusal()) {
      refused(message.getRefusal().getDetail());
    } else {
      lastAnswer = lastAnswer.transform(done -> answer(from, message));
    }
  }

  private Future<Void> answer(AttendStream from, FromController question) {
    return worker
        .asked(question)
        .onFailure(failure -> from.end("it said what makes no sense: " + failure.getMessage()))
        .map(
            answer -> {
              if (answer != null) {
                from.write(answer);
              }
              return null;
            });
  }

  /** An older controller says nothing of it. */
  private void learnTime(long wallMillis, long roundTripMillis) {
    if (wallMillis > 0) {
      worker.told(ControllerTime.said(wallMillis, roundTripMillis, Reporter.nowMillis()));
    }
  }

  private void welcomed(Welcome welcome) {
    attending = true;
    refusal = "";
    beats = 0;
    redial.succeeded();
    log.info(
        "Registered with the controller {} at={} epoch={}",
        welcome.getController(),
        controller,
        worker.epoch());
    vertx.cancelTimer(beatTimer);
    long patience = Math.max(1, welcome.getOfflineAfterMillis() / 2);
    beat(patience);
    beatTimer = vertx.setPeriodic(Math.max(1, welcome.getBeatMillis()), timer -> beat(patience));
    lastAnswer = lastAnswer.transform(done -> worker.welcomed(welcome));
  }

  /** A controller that does not even react to a ping for so long is called anew. */
  private void beat(long patienceMillis) {
    AttendStream now = stream;
    if (now != null && attending) {
      write(
          FromWorker.newBuilder()
              .setBeat(
                  Beat.newBuilder()
                      .setSequence(++beats)
                      .setWallMillis(System.currentTimeMillis())
                      .setEpoch(worker.epoch()))
              .build());
      now.probe()
          .timeout(patienceMillis, TimeUnit.MILLISECONDS)
          .onFailure(failure -> now.end("it does not react"));
    }
  }

  private void refused(String detail) {
    if (!refusal.equals(detail)) {
      log.warn("The controller refuses this worker, it works without one reason={}", detail);
      refusal = detail;
    }
    AttendStream last = stream;
    stream = null;
    if (last != null) {
      last.end("refused");
    }
    redial.afterRefusal(this::dial);
  }

  @Override
  public void ended(AttendStream which, String why) {
    if (which != stream || quit) {
      return;
    }
    if (attending) {
      log.warn("Controller lost at={} reason={}", controller, why);
    } else if (redial.isTryingAgain()) {
      log.debug("Still no controller at={} reason={}", controller, why);
    } else if (refusal.isEmpty()) {
      log.info("No controller yet, working without at={} reason={}", controller, why);
    }
    attending = false;
    stream = null;
    vertx.cancelTimer(beatTimer);
    redial.later(this::dial);
  }

  private void write(FromWorker message) {
    if (stream != null) {
      stream.write(message);
    }
  }
}
