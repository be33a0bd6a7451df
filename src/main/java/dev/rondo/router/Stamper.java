package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.ClockState;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Remembering;
import dev.rondo.bus.Storing;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.version.HybridClock;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes versions. Before the clock's durable high-water mark is used up, a further one is written,
 * in time that under steady load no write ever waits for it.
 *
 * <p>A worker whose clock cannot be relied on takes its versions from a peer: while the clock is
 * off or was set lately, while a change of the wall clock has left the stamps too far ahead of it,
 * and until the worker is identified, because one that lost its storage lost its mark as well.
 */
final class Stamper {

  private static final String MARK = "clock.highWater";

  private final Bus bus;
  private final View view;
  private final Pacer pacer;
  private final RouterMeters meters;
  private final WallClock wall;
  private HybridClock clock;
  private final long storeMillis;
  private final long windowMillis;
  private final long maxDriftMillis;
  private @Nullable Future<Void> reservation;

  private Stamper(
      Bus bus,
      View view,
      NodeConfig config,
      Pacer pacer,
      RouterMeters meters,
      WallClock wall,
      HybridClock clock) {
    this.bus = bus;
    this.view = view;
    this.pacer = pacer;
    this.meters = meters;
    this.wall = wall;
    this.clock = clock;
    this.storeMillis = config.timeouts().storeMillis();
    this.maxDriftMillis = config.clock().maxDriftMillis();
    // The mark must stay within the drift that peers accept: a worker that starts again at once
    // begins at its mark.
    this.windowMillis = Math.max(2, maxDriftMillis / 2);
  }

  /** A clock that continues behind the mark which this worker's storage remembers. */
  static Future<Stamper> restored(
      Bus bus, View view, NodeConfig config, Pacer pacer, RouterMeters meters, WallClock wall) {
    return bus.ask(Addresses.RECALL, new Remembering.Recall(MARK), config.timeouts().storeMillis())
        .map(recalled -> new HybridClock(config.id(), read(recalled.value())))
        .map(clock -> new Stamper(bus, view, config, pacer, meters, wall, clock));
  }

  /** Goes on with the clock of the generation before. */
  void resume(ClockState state) {
    clock = state.clock();
    wall.resume(state.wallAheadMillis(), state.distrustedUntilMillis());
  }

  /** What the next generation goes on with; this one may stamp further what it has begun. */
  ClockState state() {
    return wall.state(clock);
  }

  /**
   * A version later than {@code floor} and all that this worker has seen, from its own clock or a
   * peer's. Fails with {@link Unstamped} or for want of a peer; nothing has happened then.
   */
  Future<Version> stamp(Version floor, long timeoutMillis) {
    observe(floor);
    List<Integer> peers = isReliable() ? List.of() : view.peers();
    if (!peers.isEmpty()) {
      return fromPeer(peers, floor, timeoutMillis);
    }
    // Whoever is alone has nobody to disagree with.
    Future<Version> own = own();
    return own.isComplete() ? own : own.timeout(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  /** A version for a peer whose clock is off; fails when this one's is off as well. */
  Future<Version> forPeer() {
    return view.fitness().mayCoordinate() && isReliable()
        ? own()
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
    Fitness fitness = view.fitness();
    long peersAhead = fitness.clockSound() ? 0 : fitness.clockOffsetMillis();
    return Math.max(0, version.millis() - wall.now() - peersAhead - maxDriftMillis);
  }

  private boolean isReliable() {
    long now = wall.now();
    Fitness fitness = view.fitness();
    return fitness.identified()
        && fitness.clockSound()
        && wall.isSteady()
        && clock.aheadMillis(now) <= maxDriftMillis;
  }

  private Future<Version> fromPeer(List<Integer> peers, Version floor, long timeoutMillis) {
    return new Failover<>(pacer, meters, peers, new PeerStamp(bus, floor)).run(timeoutMillis);
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

  private Future<Version> own() {
    long now = wall.now();
    if (clock.needsReservation(now)) {
      return reserve(now).compose(reserved -> own());
    }
    if (clock.highWaterMillis() - now - clock.aheadMillis(now) < windowMillis / 2) {
      reserve(now).onFailure(Stamper::ignore);
    }
    return Future.succeededFuture(clock.next(now));
  }

  /** Makes a further mark durable; one at a time. */
  private Future<Void> reserve(long now) {
    if (reservation == null) {
      long mark = clock.asking(Math.max(now, clock.last() >>> 16) + windowMillis);
      Future<Void> writing =
          bus.ask(Addresses.STORE, note(mark), storeMillis)
              .compose(
                  stored -> confirm(stored.results().get(0), mark),
                  failure -> Future.failedFuture(Unstamped.failed(failure)));
      reservation = writing;
      writing.onComplete(done -> reservation = null);
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
