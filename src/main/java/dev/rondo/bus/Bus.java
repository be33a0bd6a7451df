package dev.rondo.bus;

import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The event bus of one node, with types.
 *
 * <p>Everything stays in this process and is passed by reference. A service that fails, or throws,
 * fails the asker's future at once with the very same exception.
 *
 * <p>A question carries the promise of its answer, instead of being answered by a second message:
 * on a clustered Vert.x every reply address is a random UUID, and every request sets a timer of the
 * event loop, which together cost more than the rest of a question. One wheel watches over all
 * questions, to the next {@value #TICK_MILLIS} milliseconds.
 */
public final class Bus {

  private static final long TICK_MILLIS = 20;

  private final VertxInternal vertx;
  private final EventBus bus;
  private final HashedWheelTimer wheel;
  private final Map<String, MessageProducer<Object>> producers = new ConcurrentHashMap<>();

  private Bus(VertxInternal vertx) {
    this.vertx = vertx;
    this.bus = vertx.eventBus();
    this.wheel =
        new HashedWheelTimer(
            new DefaultThreadFactory("rondo-bus-timeouts", true),
            TICK_MILLIS,
            TimeUnit.MILLISECONDS);
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
   * endpoint, and when no answer comes in time. A later answer is dropped.
   */
  public <Q, A> Future<A> ask(Endpoint<Q, A> endpoint, Q question, long timeoutMillis) {
    Question<Q, A> asked =
        new Question<>(endpoint.address(), question, vertx.getOrCreateContext().promise());
    asked.watchedBy(wheel.newTimeout(asked, timeoutMillis, TimeUnit.MILLISECONDS));
    producer(endpoint.address()).write(asked).onFailure(asked::fail);
    return asked.future();
  }

  /** Answers the questions of an endpoint on the calling verticle's context. */
  public <Q, A> MessageConsumer<Question<Q, A>> serve(
      Endpoint<Q, A> endpoint, Function<Q, Future<A>> service) {
    return bus.localConsumer(
        endpoint.address(),
        message -> {
          Question<Q, A> asked = message.body();
          answer(service, asked.question()).onComplete(asked::answer, asked::fail);
        });
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

  private MessageProducer<Object> producer(String address) {
    return producers.computeIfAbsent(address, unknown -> bus.sender(unknown, options()));
  }

  private static <Q, A> Future<A> answer(Function<Q, Future<A>> service, Q question) {
    try {
      return service.apply(question);
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }

  private static DeliveryOptions options() {
    return new DeliveryOptions().setLocalOnly(true).setCodecName(ByReference.NAME);
  }
}
