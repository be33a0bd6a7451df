package dev.rondo.generation;

import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Ask;
import dev.rondo.bus.Redeploying.Outcome;
import dev.rondo.bus.Redeploying.Redeploy;
import dev.rondo.bus.Redeploying.Verticle;
import dev.rondo.config.ClockConfig;
import dev.rondo.config.ControllerConfig;
import dev.rondo.config.GrpcConfig;
import dev.rondo.config.HintsConfig;
import dev.rondo.config.HttpConfig;
import dev.rondo.config.MembershipConfig;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.RedeployConfig;
import dev.rondo.config.RepairConfig;
import dev.rondo.config.RingConfig;
import dev.rondo.config.Role;
import dev.rondo.config.StorageConfig;
import dev.rondo.config.SupervisorConfig;
import dev.rondo.config.Timeouts;
import dev.rondo.core.member.Member;
import dev.rondo.generation.echo.EchoVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A node with two event loops, its steward, and one verticle that echoes. */
final class Household implements AutoCloseable {

  static final String ECHO = "echo";

  final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  final Bus bus = Bus.of(vertx);

  Household(Path jars) {
    Steward steward = new Steward(config(jars), bus);
    get(vertx.deployVerticle(steward));
    get(steward.open(vertx, ECHO, 1, Recipe.replaceable(EchoVerticle.class)));
  }

  private static NodeConfig config(Path jars) {
    return new NodeConfig(
        Role.WORKER,
        0,
        "test",
        "127.0.0.1",
        Path.of("target"),
        new HttpConfig(5001, 2, 1 << 20, 100, 60, ""),
        new GrpcConfig(6001, 1000),
        new ControllerConfig("127.0.0.1", 0),
        new MembershipConfig(5701, List.of()),
        new RingConfig(10, 1, 1, 1, List.of(new Member(0, "127.0.0.1", 5001, 6001))),
        new StorageConfig(StorageConfig.Durability.SYNC, 100, 0, 1000, 1000, 1, 1 << 20),
        new HintsConfig(3600, 1 << 20),
        new ClockConfig(500),
        new Timeouts(2000, 2500, 4000, 5000, 20),
        new SupervisorConfig(0, List.of()),
        RepairConfig.USUAL,
        new RedeployConfig(jars, 1, 5));
  }

  Future<String> ask() {
    return bus.ask(EchoVerticle.ECHO, "hello", 10_000);
  }

  /** Wishes for another generation; what becomes of it is another question. */
  Outcome wish(Action action, @Nullable String jar, String config) {
    return get(
        bus.ask(
            Addresses.REDEPLOY,
            new Redeploy(UUID.randomUUID().toString(), action, ECHO, jar, config),
            5_000));
  }

  /** Replaces the verticle; returns how it is when the attempt is over. */
  Verticle redeploy(@Nullable String jar) {
    return after(wish(Action.REDEPLOY, jar, ""));
  }

  Verticle after(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      throw new IllegalStateException(refused.detail());
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> !echo().isReplacing());
    return echo();
  }

  Verticle echo() {
    return get(bus.ask(Addresses.VERTICLES, Ask.NOW, 5_000)).all().get(0);
  }

  static <T> T get(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    get(vertx.close());
  }
}
