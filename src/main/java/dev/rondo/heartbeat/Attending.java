package dev.rondo.heartbeat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.CatchUp;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Endpoint;
import dev.rondo.bus.Reachability;
import dev.rondo.bus.Redeploying;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Repairing;
import dev.rondo.bus.Roster;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.ViewState;
import dev.rondo.bus.Vouching;
import dev.rondo.config.NodeConfig;
import dev.rondo.proto.Declined;
import dev.rondo.proto.FromController;
import dev.rondo.proto.FromWorker;
import dev.rondo.proto.Registration;
import dev.rondo.proto.Replace;
import dev.rondo.proto.State;
import dev.rondo.proto.Welcome;
import dev.rondo.wire.StateWire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** This worker as the controller's counterpart: what it tells, and what it does when it is told. */
final class Attending implements ControllerLink.Worker {

  private static final long LOOK_MILLIS = 500;
  private static final int LOOKS_A_WINDOW = 2;

  private final NodeConfig config;
  private final Bus bus;
  private final View view;
  private final StateKeeper keeper;
  private final Voter voter;
  private final Roster.Running process;
  private final Vertx vertx;
  private final TrafficWindow traffic = new TrafficWindow(Reporter.nowMillis());
  private final Figures figures;
  private final Reporter reporter;
  private final ControllerLink link;
  private final LateNews late;
  private final DamageNews damage;
  private final Untold untold;
  private @Nullable ControllerTime controllerTime;
  private long looker;
  private int looks;
  private boolean looking;

  /**
   * The counterpart of the controller that is configured.
   *
   * @param before what another generation has left to tell, and what it has told
   */
  Attending(
      Vertx vertx,
      NodeConfig config,
      Bus bus,
      View view,
      StateKeeper keeper,
      Voter voter,
      Roster.Running process,
      ViewState.News before) {
    this.vertx = vertx;
    this.config = config;
    this.bus = bus;
    this.view = view;
    this.keeper = keeper;
    this.voter = voter;
    this.process = process;
    this.figures = new Figures(config.id(), view, traffic);
    this.link = new ControllerLink(vertx, config.controller(), this);
    this.reporter =
        new Reporter(
            vertx, () -> link.send(FromWorker.newBuilder().setReport(figures.report()).build()));
    this.late = new LateNews(vertx, link::send);
    this.untold = new Untold(before.untold());
    this.damage = new DamageNews(config.id(), before.damage(), this::tell);
  }

  /** Follows what there is to tell, and calls the controller. */
  void start() {
    bus.subscribe(Addresses.TRAFFIC, traffic::add);
    bus.subscribe(Addresses.LATE, late::add);
    bus.subscribe(Addresses.EVENT, this::tell);
    bus.subscribe(Addresses.WORK, news -> tell(() -> figures.learn(news)));
    bus.subscribe(Addresses.FILLED, news -> tell(() -> figures.learn(news)));
    bus.subscribe(Addresses.REACHABILITY_CHANGED, news -> tell(() -> figures.learn(news)));
    bus.subscribe(Addresses.VERTICLE_CHANGED, news -> tell(() -> figures.learn(news)));
    ask(Addresses.VERTICLES, Redeploying.Ask.NOW, known -> known.all().forEach(figures::learn));
    bus.subscribe(Addresses.TOPOLOGY_CHANGED, news -> reporter.changed());
    bus.subscribe(Addresses.FITNESS_CHANGED, news -> reporter.changed());
    ask(Addresses.REACHABILITY, Reachability.Ask.NOW, figures::learn);
    looker = vertx.setPeriodic(LOOK_MILLIS, timer -> look());
    link.dial();
  }

  /** Until there is an answer. */
  private <Q, A> void ask(Endpoint<Q, A> endpoint, Q question, Consumer<A> learn) {
    bus.ask(endpoint, question, config.timeouts().storeMillis())
        .onSuccess(answer -> tell(() -> learn.accept(answer)))
        .onFailure(none -> vertx.setTimer(LOOK_MILLIS, later -> ask(endpoint, question, learn)));
  }

  /** Leaves it to another generation; completes when what the controller asked is done. */
  Future<?> quit() {
    vertx.cancelTimer(looker);
    reporter.stop();
    late.flush();
    return link.quit();
  }

  /** What another generation has to tell. */
  ViewState.News news() {
    return new ViewState.News(untold.all(), damage.told());
  }

  /** Ends what it has left to another generation. */
  Future<?> hangUp() {
    return link.hangUp();
  }

  Future<?> stop() {
    reporter.stop();
    return link.close();
  }

  /** What happens while there is no controller is told to the next one. */
  private void tell(ClusterEvent event) {
    untold.add(event);
    tellUntold();
  }

  private void tellUntold() {
    if (link.isAttending()) {
      untold.tell(link::send);
    }
  }

  private void tell(Runnable learn) {
    learn.run();
    reporter.changed();
  }

  /** Once a window there is a report even when there is no news. */
  private void look() {
    if (++looks % LOOKS_A_WINDOW == 0) {
      traffic.close(Reporter.nowMillis());
      reporter.changed();
    }
    if (!looking) {
      looking = true;
      bus.ask(Addresses.STORAGE_FIGURES, StorageFigures.Ask.NOW, config.timeouts().storeMillis())
          .onComplete(
              answer -> {
                looking = false;
                if (answer.succeeded()) {
                  learn(answer.result());
                }
              });
    }
  }

  private void learn(StorageFigures storage) {
    if (figures.learn(storage)) {
      reporter.changed();
    }
    if (link.isAttending()) {
      damage.learn(storage);
    }
  }

  @Override
  public Registration registration() {
    return Registration.newBuilder()
        .setCluster(config.cluster())
        .setProtocol(ControllerLink.PROTOCOL)
        .setWorker(config.id())
        .setHost(config.host())
        .setHttpPort(config.http().port())
        .setGrpcPort(config.grpc().port())
        .setVersion(process.version())
        .setPid(process.pid())
        .setStartedAtMillis(process.startedAtMillis())
        .setState(StateWire.of(view.topology().state()))
        .build();
  }

  @Override
  public long epoch() {
    return view.topology().state().epoch();
  }

  @Override
  public Future<Void> welcomed(Welcome welcome) {
    tellUntold();
    if (welcome.getCatchUp()) {
      catchUp();
    } else {
      reporter.changed();
    }
    try {
      return adopt(welcome.getState());
    } catch (IllegalArgumentException impossible) {
      return Future.failedFuture(impossible);
    }
  }

  @Override
  public void told(ControllerTime time) {
    controllerTime = time;
    vouch();
  }

  /** Says what time it is by the controller's clock, to be done again and again. */
  void vouch() {
    if (controllerTime != null) {
      long ahead = controllerTime.aheadMillis(System.currentTimeMillis(), Reporter.nowMillis());
      bus.publish(Addresses.VOUCHED, new Vouching(ahead));
    }
  }

  @Override
  public Future<@Nullable FromWorker> asked(FromController question) {
    try {
      return switch (question.getBodyCase()) {
        case PREPARE ->
            voter
                .prepare(question.getPrepare())
                .map(promise -> FromWorker.newBuilder().setPromise(promise).build());
        case ACCEPT ->
            voter
                .accept(question.getAccept())
                .map(accepted -> FromWorker.newBuilder().setAccepted(accepted).build());
        case COMMITTED -> adopt(question.getCommitted()).mapEmpty();
        case CATCH_UP -> {
          catchUp();
          yield Future.succeededFuture();
        }
        case REPLACE -> replace(question.getReplace());
        case REPAIR -> {
          bus.publish(
              Addresses.REPAIR_ORDERED, new Repairing.Order(question.getRepair().getOrder()));
          yield Future.succeededFuture();
        }
        // From a later version of the controller.
        default -> Future.succeededFuture();
      };
    } catch (IllegalArgumentException impossible) {
      return Future.failedFuture(impossible);
    }
  }

  /** What becomes of it is in the reports. */
  private Future<@Nullable FromWorker> replace(Replace words) {
    Redeploying.Redeploy wish =
        new Redeploying.Redeploy(
            words.getTicket(),
            words.getRollback() ? Action.ROLLBACK : Action.REDEPLOY,
            words.getVerticle(),
            words.getJar().isEmpty() ? null : words.getJar(),
            words.getConfig());
    return bus.ask(Addresses.REDEPLOY, wish, config.timeouts().requestMillis())
        .map(
            outcome ->
                outcome instanceof Redeploying.Outcome.Refused refused
                    ? declined(words.getTicket(), refused.detail())
                    : null)
        .otherwise(failure -> declined(words.getTicket(), String.valueOf(failure.getMessage())));
  }

  private static FromWorker declined(String ticket, String detail) {
    return FromWorker.newBuilder()
        .setDeclined(Declined.newBuilder().setTicket(ticket).setDetail(detail))
        .build();
  }

  private Future<Void> adopt(State state) {
    return StateWire.read(state).map(keeper::adopt).orElseGet(Future::succeededFuture);
  }

  /** What follows from it changes the condition, so the next report waits a moment. */
  private void catchUp() {
    reporter.hold();
    bus.publish(Addresses.CATCH_UP, CatchUp.NOW);
    reporter.changed();
  }
}
