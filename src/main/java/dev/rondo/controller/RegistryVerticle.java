package dev.rondo.controller;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Handover;
import dev.rondo.bus.ProcessExit;
import dev.rondo.bus.Replaceable;
import dev.rondo.bus.Roster;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.ClusterState;
import dev.rondo.http.InnerPort;
import dev.rondo.membership.Membership;
import dev.rondo.wire.RegistryState;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Owns the controller's view of the cluster: takes the workers' calls, knows who is there, and has
 * the members agree on changes. Its parts all run on the context of this verticle.
 *
 * <p>Each generation has a name of its own, by which it proposes states: no two of them ever use
 * the same ballot. While a change is being decided, or verticles of workers are replaced, it stays.
 */
public final class RegistryVerticle extends VerticleBase implements Replaceable {

  private final NodeConfig config;
  private final Bus bus;
  private final Membership membership;
  private final InnerPort port;
  private final Pace pace;
  private final String name = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  private @Nullable Parts parts;
  private Runnable unfollow = () -> {};
  private long ticker;
  private boolean acting;

  /** What can be made only when there is a context. */
  private record Parts(
      RosterFeed feed,
      Herald herald,
      Workers workers,
      Committed committed,
      FrontDesk desk,
      Deciding deciding,
      Changes changes,
      Rollout rollout,
      RegistryServer server) {}

  public RegistryVerticle(NodeConfig config, Bus bus, Membership membership, InnerPort port) {
    this(config, bus, membership, port, Pace.USUAL);
  }

  RegistryVerticle(NodeConfig config, Bus bus, Membership membership, InnerPort port, Pace pace) {
    this.config = config;
    this.bus = bus;
    this.membership = membership;
    this.port = port;
    this.pace = pace;
  }

  @Override
  public Future<?> start() {
    Parts made = make();
    parts = made;
    bus.serve(Addresses.ROSTER, ask -> Future.succeededFuture(roster()));
    bus.serve(Addresses.CONFIGURE, made.changes()::configure);
    bus.subscribe(Addresses.PROCESS_EXITED, exit -> exited(made, exit));
    bus.subscribe(Addresses.PROCESS_GIVEN_UP, news -> givenUp(made, news.worker()));
    bus.serve(Addresses.REPAIR, new RepairOrders(made.workers())::give);
    bus.serve(Addresses.ROLL_OUT, wish -> Future.succeededFuture(made.rollout().begin(wish)));
    return Future.succeededFuture();
  }

  /** What nobody hears while one takes over from another, the membership notices as well. */
  private void exited(Parts made, ProcessExit exit) {
    if (acting) {
      made.workers().exited(exit);
    }
  }

  private void givenUp(Parts made, int worker) {
    if (acting) {
      made.workers().givenUp(worker);
    }
  }

  @Override
  public Future<Void> takeOver(Handover state) {
    Parts made = parts();
    if (state instanceof RegistryState before) {
      made.committed().resume(before.state(), before.firm());
      made.workers().resume(before.detector(), before.rows(), made.desk());
      made.rollout().resume(before.rollout());
      made.server().resume(before.socket());
      begin(made);
      return Future.succeededFuture();
    }
    return made.committed()
        .load()
        .onSuccess(
            loaded -> {
              begin(made);
              expect(made);
            })
        .compose(loaded -> made.server().open(port, context));
  }

  @Override
  public Future<Handover> handOver() {
    Parts made = parts();
    if (made.deciding().isBusy() || made.rollout().isRunning()) {
      return Future.failedFuture("a change of the cluster is under way; try again behind it");
    }
    acting = false;
    made.desk().open(false);
    unfollow.run();
    vertx.cancelTimer(ticker);
    return made.committed()
        .settled()
        .transform(
            done ->
                Future.succeededFuture(
                    new RegistryState(
                        made.server().socket(),
                        made.committed().state(),
                        made.committed().isFirm(),
                        made.workers().detector(),
                        made.workers().all().stream().map(WorkerRow::state).toList(),
                        made.rollout().progress())));
  }

  @Override
  public Future<Void> retire() {
    return Future.succeededFuture();
  }

  private Parts make() {
    Herald herald = new Herald(bus);
    RosterFeed feed = new RosterFeed(vertx, bus, this::roster);
    Workers workers = new Workers(pace, herald, feed);
    Committed committed =
        new Committed(
            vertx,
            new StateFile(config.folder()),
            config.ring().firstState(),
            herald,
            this::committed);
    Deciding deciding = new Deciding(vertx, name, workers, pace.decideMillis());
    Changes changes = new Changes(committed, deciding, workers, herald);
    Rollout rollout = new Rollout(workers, herald, () -> feed.changed(true), config.redeploy());
    Reception reception = new Reception(config, committed, workers);
    FrontDesk desk =
        new FrontDesk(
            name, pace, bus, herald, feed, workers, committed, reception, deciding, changes,
            rollout);
    RegistryServer server = new RegistryServer(vertx, config, desk);
    return new Parts(feed, herald, workers, committed, desk, deciding, changes, rollout, server);
  }

  private void begin(Parts made) {
    acting = true;
    made.desk().open(true);
    made.workers().follow(made.committed().state());
    unfollow =
        membership.follow(
            left -> context.runOnContext(now -> made.workers().departed(left)), joined -> {});
    ticker =
        vertx.setPeriodic(
            pace.tickMillis(),
            timer -> {
              made.workers().tick();
              made.changes().drive();
              made.rollout().tick();
            });
    made.feed().changed(true);
  }

  /** The members of a new cluster may take their time; those of one that existed call soon. */
  private static void expect(Parts made) {
    if (made.committed().isFirm()) {
      made.workers().expect();
    }
  }

  @Override
  public Future<?> stop() {
    unfollow.run();
    return Future.succeededFuture();
  }

  private void committed(ClusterState before, ClusterState now) {
    parts().herald().committed(before, now);
    parts().workers().follow(now);
    parts().workers().tellAll(Committed.told(now));
    parts().feed().changed(true);
  }

  private Roster roster() {
    return new Roster(
        new Roster.Controller(name, pace.beatMillis(), pace.offlineMillis()),
        parts().committed().state(),
        parts().workers().all().stream().map(WorkerRow::entry).toList(),
        parts().rollout().progress());
  }

  private Parts parts() {
    Parts made = parts;
    if (made == null) {
      throw new IllegalStateException("the registry is not started");
    }
    return made;
  }
}
