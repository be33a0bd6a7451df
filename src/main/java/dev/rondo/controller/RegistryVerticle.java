package dev.rondo.controller;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Roster;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.membership.Membership;
import dev.rondo.proto.FromController;
import dev.rondo.proto.FromWorker;
import dev.rondo.proto.Registration;
import dev.rondo.proto.Welcome;
import dev.rondo.wire.StateWire;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Owns the controller's view of the cluster: takes the workers' calls, knows who is there, and has
 * the members agree on changes. Its parts all run on the context of this verticle.
 */
public final class RegistryVerticle extends VerticleBase implements WorkerCall.Desk {

  private final NodeConfig config;
  private final Bus bus;
  private final Membership membership;
  private final Pace pace;
  private final String name = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  private @Nullable Parts parts;
  private Runnable unfollow = () -> {};

  /** What can be made only when there is a context. */
  private record Parts(
      RosterFeed feed,
      Herald herald,
      Workers workers,
      Committed committed,
      Reception reception,
      Deciding deciding,
      Changes changes,
      RegistryServer server) {}

  public RegistryVerticle(NodeConfig config, Bus bus, Membership membership) {
    this(config, bus, membership, Pace.USUAL);
  }

  RegistryVerticle(NodeConfig config, Bus bus, Membership membership, Pace pace) {
    this.config = config;
    this.bus = bus;
    this.membership = membership;
    this.pace = pace;
  }

  @Override
  public Future<?> start() {
    Parts made = make();
    parts = made;
    return made.committed()
        .load()
        .onSuccess(loaded -> open(made))
        .compose(loaded -> made.server().start());
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
    return new Parts(
        feed,
        herald,
        workers,
        committed,
        new Reception(config, committed, workers),
        deciding,
        new Changes(committed, deciding, workers, herald),
        new RegistryServer(vertx, config, this));
  }

  private void open(Parts made) {
    made.workers().follow(made.committed().state());
    bus.serve(Addresses.ROSTER, ask -> Future.succeededFuture(roster()));
    bus.serve(Addresses.CONFIGURE, made.changes()::configure);
    bus.subscribe(Addresses.PROCESS_EXITED, made.workers()::exited);
    bus.serve(Addresses.REPAIR, new RepairOrders(made.workers())::give);
    unfollow =
        membership.follow(
            left -> context.runOnContext(now -> made.workers().departed(left)), joined -> {});
    vertx.setPeriodic(
        pace.tickMillis(),
        timer -> {
          made.workers().tick();
          made.changes().drive();
        });
    made.feed().changed(true);
  }

  @Override
  public Future<?> stop() {
    unfollow.run();
    return parts == null ? Future.succeededFuture() : parts.server().stop();
  }

  /** Where workers call. */
  int port() {
    return parts().server().port();
  }

  @Override
  public void called(WorkerCall call, Registration words) {
    Optional<String> refusal = parts().reception().refusal(words);
    if (refusal.isPresent()) {
      refuse(call, words, refusal.get());
      return;
    }
    ClusterState theirs = StateWire.read(words.getState()).orElse(parts().committed().state());
    parts().committed().adopt(theirs).onSuccess(adopted -> welcome(call, words));
  }

  private void refuse(WorkerCall call, Registration words, String detail) {
    parts().herald().refused(words.getWorker(), detail);
    call.refuse(detail);
  }

  private void welcome(WorkerCall call, Registration words) {
    if (call.isOver()) {
      return;
    }
    Optional<String> late = parts().reception().refusal(words);
    if (late.isPresent()) {
      refuse(call, words, late.get());
      return;
    }
    ClusterState state = parts().committed().state();
    boolean back = parts().workers().register(call, words, url(state, words));
    Welcome.Builder welcome =
        Welcome.newBuilder()
            .setController(name)
            .setBeatMillis((int) pace.beatMillis())
            .setOfflineAfterMillis((int) pace.offlineMillis())
            .setCatchUp(back);
    if (state.epoch() > words.getState().getEpoch()) {
      welcome.setState(StateWire.of(state));
    }
    call.welcome(welcome.build());
    parts().deciding().joined(call.worker());
  }

  private static String url(ClusterState state, Registration words) {
    return state.members().stream()
        .filter(member -> member.id() == words.getWorker())
        .findFirst()
        .map(Member::url)
        .orElse("http://" + words.getHost() + ":" + words.getHttpPort());
  }

  @Override
  public void told(WorkerCall call, FromWorker message) {
    WorkerRow row = parts().workers().heard(call);
    if (row == null) {
      return;
    }
    switch (message.getBodyCase()) {
      case BEAT -> compare(call, message.getBeat().getEpoch());
      case REPORT -> {
        parts().workers().reported(row, message.getReport());
        compare(call, message.getReport().getEpoch());
        parts().changes().drive();
      }
      case PROMISE -> parts().deciding().promised(row.id(), message.getPromise());
      case ACCEPTED -> parts().deciding().accepted(row.id(), message.getAccepted());
      case GOODBYE -> parts().workers().leaves(row);
      case LATE ->
          ReportWire.late(message.getLate()).forEach(late -> bus.publish(Addresses.LATE, late));
      case EVENT -> bus.publish(Addresses.EVENT, ReportWire.event(row.id(), message.getEvent()));
      default -> {
        // From a later version of the worker.
      }
    }
  }

  /** Who is behind is told; who is ahead is asked to register anew, with the state it has. */
  private void compare(WorkerCall call, long epoch) {
    ClusterState state = parts().committed().state();
    if (epoch < state.epoch()) {
      call.send(committed(state));
    } else if (epoch > state.epoch()) {
      call.end("it is ahead of the controller");
    }
    parts().feed().changed(false);
  }

  @Override
  public void ended(WorkerCall call) {
    parts().workers().hungUp(call);
  }

  private void committed(ClusterState before, ClusterState now) {
    parts().herald().committed(before, now);
    parts().workers().follow(now);
    parts().workers().tellAll(committed(now));
    parts().feed().changed(true);
  }

  private static FromController committed(ClusterState state) {
    return FromController.newBuilder().setCommitted(StateWire.of(state)).build();
  }

  private Roster roster() {
    return new Roster(
        new Roster.Controller(name, pace.beatMillis(), pace.offlineMillis()),
        parts().committed().state(),
        parts().workers().all().stream().map(WorkerRow::entry).toList());
  }

  private Parts parts() {
    Parts made = parts;
    if (made == null) {
      throw new IllegalStateException("the registry is not started");
    }
    return made;
  }
}
