package dev.rondo;

import dev.rondo.bus.Bus;
import dev.rondo.cli.Reasons;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.PlainVertx;
import dev.rondo.generation.Steward;
import dev.rondo.http.Doors;
import dev.rondo.membership.HazelcastMembership;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that runs: one Vert.x, one bus, one registry, and the parts on top of them. They are
 * started from the inside out and stopped the other way round.
 *
 * <p>Start and stop block; they are called by the thread that owns the node, not by an event loop.
 */
final class Node {
  private static final Logger log = LoggerFactory.getLogger(Node.class);

  /** What did start, when something else does not. */
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

  /** For a part below one that has used up all the time there was. */
  private static final long LEAST_MILLIS = 500;

  private final Deque<Started> started = new ArrayDeque<>();

  private Node() {}

  /** Starts all of it; when something does not start, what did is stopped again. */
  static Node start(NodeConfig config, Function<Ground, List<Part>> parts) {
    Node node = new Node();
    try {
      node.begin(config, parts);
      return node;
    } catch (Throwable e) {
      node.stop(STOPS_WITHIN);
      throw e;
    }
  }

  /**
   * Stops all of it. A part that does not stop properly, or not in what is left of the time, does
   * not keep the others from it, whatever it throws: what futures fail with comes out of {@code
   * await} as it is, checked exceptions as well.
   */
  void stop(Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    while (!started.isEmpty()) {
      Started last = started.pop();
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      try {
        last.stop().within(Math.max(LEAST_MILLIS, left));
      } catch (Throwable e) {
        log.warn("Not stopped properly part={} reason={}", last.name(), Reasons.of(e));
      }
    }
  }

  private void begin(NodeConfig config, Function<Ground, List<Part>> parts) {
    PrometheusMeterRegistry meters = Metrics.registry();
    Vertx vertx = vertx(config, meters);
    started.push(new Started("vertx", millis -> await(vertx.close(), millis)));
    Ground ground =
        new Ground(config, vertx, Bus.of(vertx), meters, new HazelcastMembership(config));
    Steward steward = new Steward(config, ground.bus());
    String id = vertx.deployVerticle(steward).await();
    started.push(new Started("steward", millis -> await(vertx.undeploy(id), millis)));
    open(vertx, steward, new Part("lag", loops(config), () -> new EventLoopLag(meters)));
    parts.apply(ground).forEach(part -> open(vertx, steward, part));
  }

  private static Vertx vertx(NodeConfig config, PrometheusMeterRegistry meters) {
    VertxOptions options = PlainVertx.options().setEventLoopPoolSize(loops(config));
    return Metrics.builder(options, meters).withTransport(new Doors()).build();
  }

  private void open(Vertx vertx, Steward steward, Part part) {
    Future<Supplier<Future<Void>>> opening =
        steward
            .open(vertx, part.name(), part.instances(), part.recipe())
            .recover(e -> Future.failedFuture(new IllegalStateException(part.name(), e)));
    Supplier<Future<Void>> closing = opening.await();
    started.push(new Started(part.name(), millis -> await(closing.get(), millis)));
  }

  private static void await(Future<?> end, long millis) throws TimeoutException {
    end.await(millis, TimeUnit.MILLISECONDS);
  }

  private static int loops(NodeConfig config) {
    return config.http().instancesFor(Runtime.getRuntime().availableProcessors());
  }

  private record Started(String name, Stop stop) {}

  private interface Stop {
    void within(long millis) throws TimeoutException;
  }
}
