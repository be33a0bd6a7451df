package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Remembering;
import dev.rondo.bus.Storing;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.version.HybridClock;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes versions. Before the clock's durable high-water mark is used up, a further one is written,
 * in time that under steady load no write ever waits for it.
 */
final class Stamper {

  private static final String MARK = "clock.highWater";

  private final Bus bus;
  private final View view;
  private final HybridClock clock;
  private final Pacer pacer;
  private final long storeMillis;
  private final long windowMillis;
  private final long maxDriftMillis;
  private @Nullable Future<Void> reservation;

  private Stamper(Bus bus, View view, NodeConfig config, Pacer pacer, HybridClock clock) {
    this.bus = bus;
    this.view = view;
    this.pacer = pacer;
    this.clock = clock;
    this.storeMillis = config.timeouts().storeMillis();
    this.maxDriftMillis = config.clock().maxDriftMillis();
    // The mark must stay within the drift that peers accept: a worker that starts again at once
    // begins at its mark.
    this.windowMillis = Math.max(2, maxDriftMillis / 2);
  }

  /** A clock that continues behind the mark which this worker's storage remembers. */
  static Future<Stamper> restored(Bus bus, View view, NodeConfig config, Pacer pacer) {
    return bus.ask(Addresses.RECALL, new Remembering.Recall(MARK), config.timeouts().storeMillis())
        .map(recalled -> new HybridClock(config.id(), read(recalled.value())))
        .map(clock -> new Stamper(bus, view, config, pacer, clock));
  }

  /** A version later than all that this worker has seen, from its own clock or a peer's. */
  Future<Version> stamp(List<Integer> peers) {
    long now = System.currentTimeMillis();
    if (view.fitness().clockSound() && clock.aheadMillis(now) <= maxDriftMillis) {
      return own();
    }
    return new Failover<Version>(pacer, peers)
        .run(
            peer -> bus.ask(Addresses.FETCH_STAMP, new Peering.AskStamp(peer), storeMillis),
            version -> false);
  }

  /** A version for a peer whose clock is off; fails when this one's is off as well. */
  Future<Version> forPeer() {
    return view.fitness().mayCoordinate()
        ? own()
        : Future.failedFuture("this worker is not fit to stamp");
  }

  private Future<Version> own() {
    long now = System.currentTimeMillis();
    if (clock.needsReservation(now)) {
      return reserve(now).compose(reserved -> own());
    }
    if (clock.highWaterMillis() - now < windowMillis / 2) {
      reserve(now).onFailure(Stamper::ignore);
    }
    return Future.succeededFuture(clock.next(now));
  }

  /** Moves the clock past a version that was seen. */
  void observe(Version seen) {
    clock.observe(seen);
  }

  /** Makes a further mark durable; one at a time. */
  private Future<Void> reserve(long now) {
    if (reservation == null) {
      long mark = Math.max(now, clock.last() >>> 16) + windowMillis;
      Future<Void> writing =
          bus.ask(Addresses.STORE, note(mark), storeMillis)
              .compose(stored -> confirm(stored.results().get(0), mark));
      reservation = writing;
      writing.onComplete(done -> reservation = null);
      return writing;
    }
    return reservation;
  }

  private Future<Void> confirm(Storing.Result result, long mark) {
    if (result != Storing.Result.Done.DURABLE) {
      return Future.failedFuture("the clock's mark was not stored: " + result);
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
