package dev.rondo.bus;

import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The event bus of one node, with types.
 *
 * <p>Everything stays in this process and is passed by reference. A service that fails, or throws,
 * fails the asker's future at once with the very same exception.
 *
 * <p>A question carries the promise of its answer, instead of being answered by a second message:
 * that one would need an address of its own and a timer of the event loop, which together cost more
 * than the rest of a question. One wheel watches over all questions, to the next {@value
 * #TICK_MILLIS} milliseconds.
 *
 * <p>Whoever answers an endpoint can be replaced while questions come in: each generation of a
 * verticle serves in a {@link Tenure}, and a pointer says whose it is.
 */
public final class Bus {

  private static final long TICK_MILLIS = 20;

  private final VertxInternal vertx;
  private final EventBus bus;
  private final HashedWheelTimer wheel;
  private final Map<String, Route> routes;
  private final @Nullable Tenure tenure;

  private Bus(VertxInternal vertx) {
    this.vertx = vertx;
    this.bus = vertx.eventBus();
    this.wheel =
        new HashedWheelTimer(
            new DefaultThreadFactory("rondo-bus-timeouts", true),
            TICK_MILLIS,
            TimeUnit.MILLISECONDS);
    this.routes = new ConcurrentHashMap<>();
    this.tenure = null;
  }

  private Bus(Bus root, Tenure tenure) {
    this.vertx = root.vertx;
    this.bus = root.bus;
    this.wheel = root.wheel;
    this.routes = root.routes;
    this.tenure = tenure;
  }

  /** Prepares the event bus of {@code vertx}; once for each of them. */
  public static Bus of(Vertx vertx) {
    Bus bus = new Bus((VertxInternal) vertx);
    bus.bus.registerCodec(new ByReference());
    bus.vertx.addCloseHook(
        closed -> {
          bus.wheel.stop();
          closed.succeed();
        });
    return bus;
  }

  /**
   * Asks, and waits for at most {@code timeoutMillis}. The future completes on the caller's
   * context; it fails with a {@link io.vertx.core.eventbus.ReplyException} when nobody serves the
   * endpoint, and when no answer comes in time. A later answer is dropped. While Vert.x closes, it
   * fails at once.
   */
  public <Q, A> Future<A> ask(Endpoint<Q, A> endpoint, Q question, long timeoutMillis) {
    Question<Q, A> asked =
        new Question<>(endpoint.address(), question, vertx.getOrCreateContext().promise());
    try {
      asked.watchedBy(wheel.newTimeout(asked, timeoutMillis, TimeUnit.MILLISECONDS));
    } catch (IllegalStateException stopped) {
      return Future.failedFuture(stopped);
    }
    route(endpoint.address()).send(asked);
    return asked.future();
  }

  /**
   * Answers the questions of an endpoint on the calling verticle's context; in a {@link Tenure}
   * only from its beginning.
   */
  public <Q, A> MessageConsumer<Question<Q, A>> serve(
      Endpoint<Q, A> endpoint, Function<Q, Future<A>> service) {
    return serveInTurn(endpoint, (question, isWanted) -> service.apply(question));
  }

  /**
   * The same for a service at which questions wait for their turn: it is told, on any thread,
   * whether somebody still waits for the answer.
   */
  public <Q, A> MessageConsumer<Question<Q, A>> serveInTurn(
      Endpoint<Q, A> endpoint, BiFunction<Q, BooleanSupplier, Future<A>> service) {
    Tenure during = tenure;
    String address = endpoint.address();
    return bus.localConsumer(
        during == null ? address : during.serve(address),
        message -> {
          Question<Q, A> asked = message.body();
          asked.takenIn(during);
          answer(service, asked).onComplete(asked::answered, asked::failed);
        });
  }

  /**
   * A tenure for one generation of a verticle.
   *
   * @param name distinguishes it from all others of the node, for ever
   */
  public Tenure tenure(String name) {
    return new Tenure(this, "#" + name);
  }

  Bus during(Tenure other) {
    return new Bus(this, other);
  }

  void hold(String endpoint) {
    route(endpoint).hold();
  }

  void lead(String endpoint, String suffix) {
    route(endpoint).lead(producer(endpoint + suffix));
  }

  /** Completes when every event loop has ended what it was doing at this moment. */
  Future<Void> settled() {
    List<Future<Void>> loops = new ArrayList<>();
    for (EventExecutor loop : vertx.nettyEventLoopGroup()) {
      Promise<Void> passed = Promise.promise();
      loop.execute(passed::complete);
      loops.add(passed.future());
    }
    return Future.all(loops).mapEmpty();
  }

  /** Tells everybody who subscribed. */
  public <T> void publish(Topic<T> topic, T news) {
    bus.publish(topic.address(), news, options());
  }

  /** Follows a topic on the calling verticle's context. */
  public <T> MessageConsumer<T> subscribe(Topic<T> topic, Consumer<T> follower) {
    return bus.localConsumer(
        topic.address(), (Message<T> message) -> follower.accept(message.body()));
  }

  private Route route(String endpoint) {
    return routes.computeIfAbsent(endpoint, unknown -> new Route(producer(unknown)));
  }

  private MessageProducer<Object> producer(String address) {
    return bus.sender(address, options());
  }

  private static <Q, A> Future<A> answer(
      BiFunction<Q, BooleanSupplier, Future<A>> service, Question<Q, A> asked) {
    try {
      return service.apply(asked.question(), asked::isWaitedFor);
    } catch (RuntimeException | LinkageError bug) {
      return Future.failedFuture(bug);
    }
  }

  private static DeliveryOptions options() {
    return new DeliveryOptions().setLocalOnly(true).setCodecName(ByReference.NAME);
  }
}
