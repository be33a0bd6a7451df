package dev.rondo.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The event bus of one node, with types.
 *
 * <p>Everything stays in this process and is passed by reference. A service that fails, or throws,
 * fails the asker's future at once with the very same exception.
 */
public final class Bus {

  private final EventBus bus;

  private Bus(EventBus bus) {
    this.bus = bus;
  }

  /** Prepares the event bus of {@code vertx}; once for each of them. */
  public static Bus of(Vertx vertx) {
    vertx.eventBus().registerCodec(new ByReference());
    return new Bus(vertx.eventBus());
  }

  /**
   * Asks, and waits for at most {@code timeoutMillis}; a late answer is dropped and the future
   * fails with a {@link io.vertx.core.eventbus.ReplyException}.
   */
  @SuppressWarnings("unchecked")
  public <Q, A> Future<A> ask(Endpoint<Q, A> endpoint, Q question, long timeoutMillis) {
    return bus.request(endpoint.address(), question, options().setSendTimeout(timeoutMillis))
        .compose(
            reply ->
                reply.body() instanceof Fault fault
                    ? Future.failedFuture(fault.cause())
                    : Future.succeededFuture((A) reply.body()));
  }

  /** Answers the questions of an endpoint on the calling verticle's context. */
  public <Q, A> MessageConsumer<Q> serve(Endpoint<Q, A> endpoint, Function<Q, Future<A>> service) {
    return bus.localConsumer(
        endpoint.address(),
        message ->
            answer(service, message.body())
                .onComplete(
                    answer -> message.reply(answer, options()),
                    failure -> message.reply(new Fault(failure), options())));
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

  private record Fault(Throwable cause) {}
}
