package dev.rondo.generation;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Redeploying;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Outcome;
import dev.rondo.bus.Redeploying.Reason;
import dev.rondo.bus.Redeploying.Redeploy;
import dev.rondo.config.Amendment;
import dev.rondo.config.ConfigException;
import dev.rondo.config.NodeConfig;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the offices of this node: opens and closes them, says who is in them, and has one of them
 * at a time change hands. It is itself never replaced.
 */
public final class Steward extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(Steward.class);

  private final NodeConfig config;
  private final Bus bus;
  private final JarFolder jars;
  private final List<Office> offices = new CopyOnWriteArrayList<>();
  private int loops;
  private boolean busy;

  /** The steward of the node that {@code config} describes. */
  public Steward(NodeConfig config, Bus bus) {
    this.config = config;
    this.bus = bus;
    this.jars = new JarFolder(config.redeploy().jarDirectory());
  }

  @Override
  public Future<?> start() {
    bus.serve(Addresses.VERTICLES, ask -> verticles());
    bus.serve(Addresses.REDEPLOY, this::redeploy);
    return Future.succeededFuture();
  }

  /**
   * Deploys a verticle that belongs to this node; called once for each, from the inside out.
   * Completes with what stops it again.
   */
  public Future<Supplier<Future<Void>>> open(
      Vertx node, String name, int instances, Recipe recipe) {
    Office office = new Office(name, recipe, node, bus, this::tell);
    Future<Void> opening = office.open(config, next(node, instances));
    offices.add(office);
    return opening.onSuccess(opened -> tell(office)).map(opened -> office::close);
  }

  /** In turn, so that the verticles are spread over the event loops. */
  private List<EventLoop> next(Vertx node, int instances) {
    List<EventLoop> all = new ArrayList<>();
    for (EventExecutor loop : ((VertxInternal) node).nettyEventLoopGroup()) {
      all.add((EventLoop) loop);
    }
    List<EventLoop> mine = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      mine.add(all.get(loops++ % all.size()));
    }
    return mine;
  }

  private void tell(Office office) {
    bus.publish(Addresses.VERTICLE_CHANGED, office.verticle(office.incumbent(), 0));
  }

  private Future<Redeploying.Verticles> verticles() {
    return Future.join(offices.stream().map(Office::verticle).toList())
        .map(all -> new Redeploying.Verticles(jars.path().toString(), all.list()));
  }

  private Future<Outcome> redeploy(Redeploy wish) {
    Optional<Office> office =
        offices.stream().filter(one -> one.name().equals(wish.name())).findFirst();
    if (office.isEmpty()) {
      return refused(Reason.UNKNOWN, "There is no verticle '" + wish.name() + "' in this node");
    }
    if (!(office.get().recipe() instanceof Recipe.Replaced recipe)) {
      return refused(Reason.NOT_REPLACEABLE, wish.name() + " stays as long as the node");
    }
    if (office.get().knows(wish.ticket())) {
      return office.get().verticle().map(Outcome.Accepted::new);
    }
    if (busy) {
      return refused(Reason.BUSY, "A verticle of this node is being replaced");
    }
    busy = true;
    return Future.succeededFuture()
        .compose(none -> origin(wish, office.get(), recipe))
        .compose(origin -> begin(wish, office.get(), origin))
        .onFailure(refused -> busy = false)
        .recover(Steward::refusal);
  }

  private Future<Outcome> begin(Redeploy wish, Office office, Office.Origin origin) {
    log.info("Replacing a verticle name={} code={}", wish.name(), origin.code());
    office
        .replace(wish.ticket(), wish.action(), origin.code(), origin.config())
        .onComplete(over -> context.runOnContext(free -> busy = false));
    return office.verticle().map(Outcome.Accepted::new);
  }

  private Future<Office.Origin> origin(Redeploy wish, Office office, Recipe.Replaced recipe) {
    if (wish.action() == Action.ROLLBACK) {
      Office.Origin former = office.former();
      return former == null
          ? Future.failedFuture(
              new Refusal(Reason.NOTHING_TO_GO_BACK_TO, wish.name() + " was not replaced yet"))
          : Future.succeededFuture(former);
    }
    Generation now = office.incumbent();
    NodeConfig amended = amended(now.config(), wish.config());
    String jar = wish.jar();
    return jar == null
        ? Future.succeededFuture(new Office.Origin(now.code(), amended))
        : vertx
            .executeBlocking(() -> jars.code(jar, recipe), false)
            .map(code -> new Office.Origin(code, amended));
  }

  private static NodeConfig amended(NodeConfig config, String changes) {
    return changes.isEmpty() ? config : Amendment.of(config, new JsonObject(changes));
  }

  private static Future<Outcome> refusal(Throwable failure) {
    String detail = String.valueOf(failure.getMessage());
    if (failure instanceof Refusal refusal) {
      return refused(refusal.reason, detail);
    }
    if (failure instanceof Unfit) {
      return refused(Reason.UNUSABLE_JAR, detail);
    }
    return failure instanceof ConfigException || failure instanceof DecodeException
        ? refused(Reason.IMPOSSIBLE_CONFIG, detail)
        : Future.failedFuture(failure);
  }

  private static Future<Outcome> refused(Reason reason, String detail) {
    return Future.succeededFuture(new Outcome.Refused(reason, detail));
  }

  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    Refusal(Reason reason, String detail) {
      super(detail, null, false, false);
      this.reason = reason;
    }
  }
}
