package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.ClockState;
import dev.rondo.bus.Handover;
import dev.rondo.bus.Replaceable;
import dev.rondo.bus.Underway;
import dev.rondo.bus.Writing;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.Timeouts;
import dev.rondo.time.NodeClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serves the router's endpoints; see the package for where to read on. One generation gives the
 * next one its clock, and ends what it has begun, up to the last copy behind an answer.
 */
public final class RouterVerticle extends VerticleBase implements Replaceable {

  /** Reads, and writes, that have begun and are not settled; more are refused. */
  private static final int UNDERWAY_MAX = 20_000;

  /** Of large values that clients write here, at a time. */
  private static final long LARGE_BYTES_MAX = 4 << 20;

  private final NodeConfig config;
  private final Bus bus;
  private final RouterMeters meters;
  private final NodeClock time;
  private final Underway writes = new Underway(UNDERWAY_MAX);
  private final Underway waiting = new Underway(UNDERWAY_MAX);
  private final Underway reads = new Underway(UNDERWAY_MAX);
  private @Nullable Stamper stamper;

  public RouterVerticle(NodeConfig config, Bus bus, MeterRegistry meters, NodeClock time) {
    this.config = config;
    this.bus = bus;
    this.meters = new RouterMeters(meters);
    this.time = time;
  }

  @Override
  public Future<?> start() {
    Patience patience = Patience.of(vertx, config.timeouts().hedgeMillis());
    return View.follow(bus, config.id(), config.timeouts().storeMillis())
        .compose(
            view ->
                Stamper.restored(bus, view, config, patience.usual(), meters, time)
                    .onSuccess(restored -> stamper = restored)
                    .map(restored -> serve(view, patience, restored)));
  }

  @Override
  public Future<Void> takeOver(Handover state) {
    if (state instanceof ClockState clock) {
      stamper().resume(clock);
    } else {
      stamper().begin();
    }
    meters.show(writes::count, waiting::count);
    return Future.succeededFuture();
  }

  @Override
  public Future<Handover> handOver() {
    return Future.succeededFuture(stamper().state());
  }

  @Override
  public Future<Void> retire() {
    return waiting.idle().compose(begun -> Future.all(writes.idle(), reads.idle())).mapEmpty();
  }

  @Override
  public int inFlight() {
    return waiting.count() + writes.count() + reads.count();
  }

  @Override
  public Future<?> stop() {
    meters.close();
    return Future.succeededFuture();
  }

  private Stamper stamper() {
    return Objects.requireNonNull(stamper, "the router is not started");
  }

  private Stamper serve(View view, Patience patience, Stamper stamper) {
    Pacer pacer = patience.usual();
    Timeouts timeouts = config.timeouts();
    Carrier carrier = new Carrier(bus, config.id(), timeouts);
    ReadRepair repair = new ReadRepair(carrier, stamper::isTooFarAhead, meters);
    ReadCoordinator readers =
        new ReadCoordinator(bus, view, pacer, timeouts, repair, meters, reads, readTurns(pacer));
    Conditions conditions = new Conditions(readers);
    WriteCoordinator writers =
        new WriteCoordinator(
            view,
            patience,
            timeouts,
            carrier,
            conditions,
            meters,
            late -> bus.publish(Addresses.LATE, late),
            writes);
    Settling settling = new Settling(view, pacer);
    Turns turns = new Turns(pacer, LARGE_BYTES_MAX, waiting);
    WriteRouter writeRouter =
        new WriteRouter(bus, view, patience, settling, turns, stamper, writers, meters);
    ReadRouter readRouter = new ReadRouter(bus, view, pacer, settling, readers, meters);

    bus.subscribe(Addresses.OBSERVED, stamper::observe);
    bus.serve(Addresses.WRITE, writeRouter::write);
    bus.serve(Addresses.READ, readRouter::read);
    bus.serve(
        Addresses.COORDINATE_WRITE,
        write ->
            settling.await(
                write.write().timeoutMillis(), () -> coordinate(write, stamper, writers)));
    bus.serve(
        Addresses.COORDINATE_READ,
        read -> settling.awaitIdentity(read.timeoutMillis(), () -> readers.coordinate(read)));
    bus.serve(Addresses.STAMP, ask -> stamper.forPeer());
    Lister lister = new Lister(new PageSource(vertx, bus, view, timeouts));
    bus.serve(Addresses.SCAN, lister::scan);
    bus.serve(Addresses.LOCATE, new Locator(bus, view, readers, timeouts)::locate);
    return stamper;
  }

  private ReadTurns readTurns(Pacer pacer) {
    return ReadTurns.of(pacer, config.http().valueBytesMax(), Runtime.getRuntime().maxMemory());
  }

  /** This worker is a replica too, and takes in no version that the others would refuse. */
  private static Future<Writing.Outcome> coordinate(
      Writing.Forwarded stamped, Stamper stamper, WriteCoordinator writes) {
    if (stamper.isTooFarAhead(stamped.version())) {
      return Future.succeededFuture(Writing.Outcome.Refused.NOT_COORDINATING);
    }
    stamper.observe(stamped.version());
    return writes.coordinate(stamped);
  }
}
