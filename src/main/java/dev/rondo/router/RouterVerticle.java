package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Writing;
import dev.rondo.config.NodeConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Serves the router's endpoints; see the package for where to read on. */
public final class RouterVerticle extends VerticleBase {

  private final NodeConfig config;
  private final Bus bus;
  private final RouterMeters meters;

  public RouterVerticle(NodeConfig config, Bus bus, MeterRegistry meters) {
    this.config = config;
    this.bus = bus;
    this.meters = new RouterMeters(meters);
  }

  @Override
  public Future<?> start() {
    Pacer pacer = new Pacer(vertx, config.timeouts().hedgeMillis());
    return View.follow(bus, config.id(), config.timeouts().storeMillis())
        .compose(
            view ->
                Stamper.restored(bus, view, config, pacer)
                    .onSuccess(stamper -> serve(view, pacer, stamper)));
  }

  private void serve(View view, Pacer pacer, Stamper stamper) {
    ReadRepair repair = new ReadRepair(bus, config.id(), config.timeouts(), meters);
    ReadCoordinator reads =
        new ReadCoordinator(bus, view, pacer, config.timeouts(), repair, meters);
    WriteCoordinator writes =
        new WriteCoordinator(bus, view, pacer, config.timeouts(), new Conditions(reads), meters);
    WriteRouter writeRouter = new WriteRouter(bus, view, pacer, stamper, writes, meters);
    ReadRouter readRouter = new ReadRouter(bus, view, pacer, reads, meters);

    bus.subscribe(Addresses.OBSERVED, stamper::observe);
    bus.serve(Addresses.WRITE, writeRouter::write);
    bus.serve(Addresses.READ, readRouter::read);
    bus.serve(Addresses.COORDINATE_WRITE, write -> coordinate(write, stamper, writes));
    bus.serve(Addresses.COORDINATE_READ, reads::coordinate);
    bus.serve(Addresses.STAMP, ask -> stamper.forPeer());
    bus.serve(Addresses.LOCATE, new Locator(view, reads)::locate);
  }

  private static Future<Writing.Outcome> coordinate(
      Writing.Forwarded stamped, Stamper stamper, WriteCoordinator writes) {
    stamper.observe(stamped.version());
    return writes.coordinate(stamped);
  }
}
