package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.ClockState;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Remembering;
import dev.rondo.bus.Storing;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.version.HybridClock;
import dev.rondo.core.version.Version;
import dev.rondo.time.NodeClock;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes versions. Before the clock's durable high-water mark is used up, a further one is written,
 * in time that under steady load no write ever waits for it.
 *
 * <p>A worker whose clocks cannot be relied on takes its versions from a peer: while one of them
 * differs from the peers', while the stamps are too far ahead of the time, and until the worker is
 * identified, because one that lost its storage lost its mark as well. Where only the machine's
 * wall clock is off and no peer stamps either, the time is still good enough.
 */
final class Stamper {

  private static final String MARK = "clock.highWater";

  private final Bus bus;
  private final View view;
  private final Pacer pacer;
  private final RouterMeters meters;
  private final NodeClock time;
  private HybridClock clock;
  private final long storeMillis;
  private final long windowMillis;
  private final long maxDriftMillis;
  private @Nullable Future<Void> reservation;
  private long reservationTook;

  private Stamper(
      Bus bus,
      View view,
      NodeConfig config,
      Pacer pacer,
      RouterMeters meters,
      NodeClock time,
      HybridClock clock) {
    this.bus = bus;
    this.view = view;
    this.pacer = pacer;
    this.meters = meters;
    this.time = time;
    this.clock = clock;
    this.storeMillis = config.timeouts().storeMillis();
    this.maxDriftMillis = config.clock().maxDriftMillis();
    // The mark should stay within the drift that peers accept: a worker that starts again at once
    // begins at its mark.
    this.windowMillis = Math.max(2, maxDriftMillis / 2);
  }

  /** A clock that continues behind the mark which this worker's storage remembers. */
  static Future<Stamper> restored(
      Bus bus, View view, NodeConfig config, Pacer pacer, RouterMeters meters, NodeClock time) {
    return bus.ask(Addresses.RECALL, new Remembering.Recall(MARK), config.timeouts().storeMillis())
        .map(recalled -> new HybridClock(config.id(), read(recalled.value())))
        .map(clock -> new Stamper(bus, view, config, pacer, meters, time, clock));
  }

  /**
   * Begins behind the mark. A mark far ahead of the wall clock means that the latter was set back;
   * the time goes on from where it was, or nothing could be stamped until it is there again.
   */
  void begin() {
    time.notBefore(clock.highWaterMillis() - maxDriftMillis);
  }

  /** Goes on with the clock of the generation before. */
  void resume(ClockState state) {
    clock = state.clock();
  }

  /** What the next generation goes on with; this one may stamp further what it has begun. */
  ClockState state() {
    return new ClockState(clock);
  }

  /**
   * A version later than {@code floor} and all that this worker has seen, from its own clock or a
   * peer's. Fails with {@link Unstamped} or for want of a peer; nothing has happened then.
   */
  Future<Version> stamp(Version floor, long timeoutMillis) {
    observe(floor);
    long deadline = Pacer.now() + timeoutMillis;
    List<Integer> peers = isReliable() ? List.of() : view.peers();
    if (peers.isEmpty()) {
      // Whoever is alone has nobody to disagree with.
      return own(deadline);
    }
    Future<Version> theirs = fromPeer(peers, floor, timeoutMillis);
    return isTimeRight() ? theirs.recover(none -> own(deadline)) : theirs;
  }

  /** A version for a peer whose clock is off; fails when this one's is off as well. */
  Future<Version> forPeer() {
    return view.fitness().mayCoordinate() && isReliable()
        ? own(Pacer.now() + storeMillis)
        : Future.failedFuture("this worker is not fit to stamp");
  }

  /**
   * Moves the clock past a version that was seen. One that is too far ahead is left out, or it
   * would draw all further versions to where the replicas refuse them.
   */
  void observe(Version seen) {
    if (seen.exists() && !isTooFarAhead(seen)) {
      clock.observe(seen);
    }
  }

  /** Whether replicas would refuse a version for lying in the future. */
  boolean isTooFarAhead(Version version) {
    return millisUntilAccepted(version) > 0;
  }

  /** How long until a version does not lie too far in the future any more. */
  long millisUntilAccepted(Version version) {
    long trusted = time.millis() + time.trust().aheadMillis();
    return Math.max(0, version.millis() - trusted - maxDriftMillis);
  }

  private boolean isReliable() {
    return view.fitness().clockSound() && isTimeRight();
  }

  private boolean isTimeRight() {
    return view.fitness().identified()
        && time.trust().sound()
        && clock.aheadMillis(time.millis()) <= maxDriftMillis;
  }

  private Future<Version> fromPeer(List<Integer> peers, Version floor, long timeoutMillis) {
    return new Failover<>(pacer, meters, peers, new PeerStamp(bus, floor))
        .run(timeoutMillis)
        .compose(
            stamp ->
                stamp.isAfter(floor)
                    ? Future.succeededFuture(stamp)
                    : Future.failedFuture("no peer's clock has passed " + floor));
  }

  /** Any peer's stamp will do if it is late enough. */
  private record PeerStamp(Bus bus, Version floor) implements Failover.Question<Version> {

    @Override
    public Future<Version> ask(int peer, long millisLeft) {
      return bus.ask(Addresses.FETCH_STAMP, new Peering.AskStamp(peer), millisLeft);
    }

    @Override
    public Failover.Worth worth(Version stamp) {
      return stamp.isAfter(floor) ? Failover.Worth.FINAL : Failover.Worth.ASK_ANOTHER;
    }

    @Override
    public Version better(Version before, Version now) {
      return Version.max(before, now);
    }
  }

  private Future<Version> own(long deadline) {
    long now = time.millis();
    if (clock.needsReservation(now)) {
      long left = deadline - Pacer.now();
      return left <= 0
          ? Future.failedFuture(new TimeoutException("no mark in time"))
          : pacer.within(left, reserve(now)).compose(reserved -> own(deadline));
    }
    if (clock.highWaterMillis() - now - clock.aheadMillis(now) < window() / 2) {
      reserve(now).onFailure(Stamper::ignore);
    }
    return Future.succeededFuture(clock.next(now));
  }

  /** A mark that is reached before it is durable is of no use: a slow disk needs a further one. */
  private long window() {
    return windowMillis + 2 * reservationTook;
  }

  /** Makes a further mark durable; one at a time. */
  private Future<Void> reserve(long now) {
    if (reservation == null) {
      long began = Pacer.now();
      long mark = clock.asking(Math.max(now, clock.last() >>> 16) + window());
      Future<Void> writing =
          bus.ask(Addresses.STORE, note(mark), storeMillis)
              .compose(
                  stored -> confirm(stored.results().get(0), mark),
                  failure -> Future.failedFuture(Unstamped.failed(failure)));
      reservation = writing;
      writing.onComplete(
          done -> {
            reservation = null;
            reservationTook = Pacer.now() - began;
          });
      return writing;
    }
    return reservation;
  }

  private Future<Void> confirm(Storing.Result result, long mark) {
    if (result != Storing.Result.Done.DURABLE) {
      return Future.failedFuture(Unstamped.refused(result));
    }
    clock.reserved(mark);
    return Future.succeededFuture();
  }

  private static Storing.Store note(long mark) {
    Bytes value = Bytes.utf8(Long.toString(mark));
    return new Storing.Store(List.of(new Storing.Entry.Note(MARK, value)));
  }

  private static long read(Bytes mark) {
    return mark.length() == 0 ? 0 : Long.parseLong(mark.toUtf8());
  }

  /** A mark that could not be written ahead of need is asked for again when it is needed. */
  private static void ignore(Throwable failure) {}
}
