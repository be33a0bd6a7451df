package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Writing;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.Timeouts;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Serves the router's endpoints; see the package for where to read on. */
public final class RouterVerticle extends VerticleBase {

  private final NodeConfig config;
  private final Bus bus;
  private final RouterMeters meters;
  private final WallClock wall;

  public RouterVerticle(NodeConfig config, Bus bus, MeterRegistry meters) {
    this(config, bus, meters, WallClock.ofMachine(config.clock().maxDriftMillis() / 2));
  }

  RouterVerticle(NodeConfig config, Bus bus, MeterRegistry meters, WallClock wall) {
    this.config = config;
    this.bus = bus;
    this.meters = new RouterMeters(meters);
    this.wall = wall;
  }

  @Override
  public Future<?> start() {
    Pacer pacer = new Pacer(vertx, config.timeouts().hedgeMillis());
    return View.follow(bus, config.id(), config.timeouts().storeMillis())
        .compose(
            view ->
                Stamper.restored(bus, view, config, pacer, meters, wall)
                    .map(stamper -> serve(view, pacer, stamper)));
  }

  private Stamper serve(View view, Pacer pacer, Stamper stamper) {
    Timeouts timeouts = config.timeouts();
    Carrier carrier = new Carrier(bus, config.id(), timeouts);
    ReadRepair repair = new ReadRepair(carrier, meters);
    ReadCoordinator reads = new ReadCoordinator(bus, view, pacer, timeouts, repair, meters);
    Conditions conditions = new Conditions(reads);
    WriteCoordinator writes =
        new WriteCoordinator(
            view,
            pacer,
            timeouts,
            carrier,
            conditions,
            meters,
            late -> bus.publish(Addresses.LATE, late));
    WriteRouter writeRouter = new WriteRouter(bus, view, pacer, stamper, writes, meters);
    ReadRouter readRouter = new ReadRouter(bus, view, pacer, reads, meters);

    bus.subscribe(Addresses.OBSERVED, stamper::observe);
    bus.serve(Addresses.WRITE, writeRouter::write);
    bus.serve(Addresses.READ, readRouter::read);
    bus.serve(Addresses.COORDINATE_WRITE, write -> coordinate(write, stamper, writes));
    bus.serve(Addresses.COORDINATE_READ, reads::coordinate);
    bus.serve(Addresses.STAMP, ask -> stamper.forPeer());
    Lister lister = new Lister(new PageSource(vertx, bus, view, timeouts));
    bus.serve(Addresses.SCAN, lister::scan);
    bus.serve(Addresses.LOCATE, new Locator(view, reads)::locate);
    return stamper;
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
