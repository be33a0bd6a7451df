package dev.rondo.replication;

import dev.rondo.bus.PeerFault;
import dev.rondo.core.member.Member;
import dev.rondo.proto.Answer;
import dev.rondo.proto.Answers;
import dev.rondo.proto.Hello;
import dev.rondo.proto.HelloAnswer;
import dev.rondo.proto.Request;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to one peer: a stream that is opened again whenever it breaks, and the requests on it.
 *
 * <p>What is asked in one turn of the event loop travels in one message. While the peer does not
 * read, requests wait, up to a limit; behind it they fail at once. When the stream breaks, all of
 * them fail at once. Requests carry deadlines, which {@link #expire} enforces.
 */
final class PeerLink implements PeerStream.Events {

  /** What the owner of a link wants to know. */
  interface Observer {

    /** Who calls, for the first message. */
    Hello hello(Member peer);

    /** The state that this worker works by, for every message. */
    long epoch();

    /** What the peer says of itself in every message. */
    void told(PeerLink link, long epoch, boolean recovering);

    /** The peer took the call. */
    void connected(PeerLink link, HelloAnswer answer, long sentMillis);

    /** Requests are under way, so that someone has to look after them. */
    void busy();

    /** Anything came from the peer. */
    void heard(PeerLink link);

    /** The peer owed an answer and has said nothing for so long, until now. */
    void spoke(PeerLink link, long silentMillis);

    /** The stream is down. */
    void broke(PeerLink link, String why);

    /** The peer does not want to talk to this worker. */
    void refused(PeerLink link, HelloAnswer answer);
  }

  /** What is shorter is no silence that anybody would notice. */
  private static final long SILENCE_MILLIS = 10;

  private final Member peer;
  private final Context context;
  private final Dialer dialer;
  private final Observer observer;
  private final PeerMeters meters;
  private final int queueMax;
  private final Outbox outbox = new Outbox();
  private final Outstanding outstanding = new Outstanding();
  private @Nullable PeerStream stream;
  private boolean connected;
  private boolean flushing;
  private long lastId;
  private long heardMillis;
  private long probedMillis = Long.MAX_VALUE;
  private long helloMillis;

  PeerLink(
      Member peer,
      Context context,
      Dialer dialer,
      Observer observer,
      PeerMeters meters,
      int queueMax) {
    this.peer = peer;
    this.context = context;
    this.dialer = dialer;
    this.observer = observer;
    this.meters = meters;
    this.queueMax = queueMax;
    meters.watch(this::size);
  }

  Member peer() {
    return peer;
  }

  PeerMeters meters() {
    return meters;
  }

  boolean isConnected() {
    return connected;
  }

  /** How often connecting has failed since it last succeeded. */
  int failures() {
    return dialer.failures();
  }

  /** Requests that wait to be written or answered. */
  int size() {
    return outbox.size() + outstanding.size();
  }

  /** When anything last came from the peer. */
  long heardMillis() {
    return heardMillis;
  }

  /** Since when the peer owes a sign of life; {@link Long#MAX_VALUE} when it owes none. */
  long owesSinceMillis() {
    return Math.min(outstanding.oldestMillis(), probedMillis);
  }

  /** Connects, unless that is done or under way. */
  void connect() {
    if (stream == null) {
      helloMillis = Transport.millis();
      stream = dialer.dial(peer, observer.hello(peer), this);
    }
  }

  /**
   * Sends a request; the future fails with {@link PeerFault} when no answer comes.
   *
   * @param reader makes sense of the answer, or throws {@link IllegalArgumentException}
   */
  <T> Future<T> ask(Request.Builder request, Function<Answer, T> reader, long timeoutMillis) {
    if (!connected) {
      return refuse("there is no connection");
    }
    if (size() >= queueMax) {
      return refuse(queueMax + " requests wait for it already");
    }
    long deadline = Transport.millis() + timeoutMillis;
    Pending<T> pending = new Pending<>(request.setId(++lastId).build(), reader, deadline);
    if (!outbox.hasRoomFor(pending.bytes())) {
      return refuse("too much waits for it already");
    }
    outbox.add(pending);
    if (!flushing) {
      flushing = true;
      context.runOnContext(turn -> flush());
      observer.busy();
    }
    return pending.future();
  }

  private <T> Future<T> refuse(String why) {
    meters.refused();
    return Future.failedFuture(new PeerFault(peer.id(), PeerFault.Kind.NOT_SENT, why));
  }

  private void flush() {
    flushing = false;
    while (connected && stream != null && !outbox.isEmpty() && !stream.isFull()) {
      int before = outbox.size();
      stream.write(outbox.nextMessage(outstanding, Transport.millis(), observer.epoch()));
      meters.sent(before - outbox.size());
    }
  }

  /** Asks for a sign of life, unless that was done already. */
  void probe() {
    PeerStream probed = stream;
    if (connected && probed != null && probedMillis == Long.MAX_VALUE) {
      probedMillis = Transport.millis();
      observer.busy();
      probed.probe().onSuccess(alive -> alive(probed));
    }
  }

  private void alive(PeerStream probed) {
    if (probed == stream) {
      heard();
      probedMillis = Long.MAX_VALUE;
    }
  }

  private void heard() {
    long now = Transport.millis();
    if (now - heardMillis >= SILENCE_MILLIS) {
      long silent = now - Math.max(owesSinceMillis(), heardMillis);
      if (silent >= SILENCE_MILLIS) {
        observer.spoke(this, silent);
      }
    }
    heardMillis = now;
    observer.heard(this);
  }

  /** Gives up requests that are past their deadlines. */
  void expire(long nowMillis) {
    outbox.expire(peer.id(), nowMillis);
    outstanding.expire(peer.id(), nowMillis);
  }

  @Override
  public void greeted(HelloAnswer answer) {
    dialer.answered();
    if (answer.getRefusal() != HelloAnswer.Refusal.NONE) {
      drop("it refused the call");
      observer.refused(this, answer);
      dialer.redialAfterRefusal(this::connect);
      return;
    }
    dialer.succeeded();
    connected = true;
    heardMillis = Transport.millis();
    meters.connected();
    observer.connected(this, answer, helloMillis);
  }

  @Override
  public void answered(Answers answers) {
    heard();
    observer.told(this, answers.getEpoch(), answers.getRecovering());
    for (Answer answer : answers.getAnswersList()) {
      Pending<?> pending = outstanding.take(answer.getId());
      if (pending != null) {
        meters.answered(pending.nanosSinceSent());
        pending.answered(peer.id(), answer);
      }
    }
  }

  @Override
  public void drained() {
    flush();
  }

  @Override
  public void ended(String why) {
    lost(why);
  }

  /** Breaks the connection, which leads nowhere, and dials again after a moment. */
  void breakOff(String why) {
    if (stream != null) {
      lost(why);
    }
  }

  /** Dials again at once when it is waiting to do so: the peer gave a sign of life. */
  void hurry() {
    if (stream == null) {
      dialer.cancel();
      connect();
    }
  }

  private void lost(String why) {
    drop(why);
    observer.broke(this, why);
    dialer.redial(this::connect);
  }

  private void drop(String why) {
    PeerStream broken = stream;
    stream = null;
    connected = false;
    probedMillis = Long.MAX_VALUE;
    if (broken != null) {
      broken.cut();
    }
    dialer.answered();
    outstanding.failAll(peer.id(), why);
    outbox.failAll(peer.id(), why);
  }

  /** Ends the link for good. */
  void close() {
    PeerStream last = stream;
    dialer.close();
    stream = null;
    connected = false;
    if (last != null) {
      last.finish();
    }
    outstanding.failAll(peer.id(), "this worker stops talking to it");
    outbox.failAll(peer.id(), "this worker stops talking to it");
    meters.close();
  }
}
