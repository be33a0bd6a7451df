package dev.rondo.generation;

import dev.rondo.bus.Handover;
import dev.rondo.bus.Redeploying.Step;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One generation follows another. Questions are held only between the last word of the former and
 * the first one of the next, and at every moment exactly one of the two acts.
 *
 * <p>Until the next one has taken over, everything can be undone: the former one goes on with its
 * own state, and nobody has noticed more than a pause.
 */
final class Succession {

  private static final Logger log = LoggerFactory.getLogger(Succession.class);

  /** Shorter than what anybody waits for an answer. */
  private static final long TAKE_OVER_MILLIS = 1_500;

  /** The storage gives up by itself before that, and others have nothing to wait for. */
  private static final long HAND_OVER_MILLIS = 3_000;

  private final Vertx vertx;
  private final Generation former;
  private final Generation next;
  private final Consumer<Step> steps;
  private long heldNanos;

  Succession(Vertx vertx, Generation former, Generation next, Consumer<Step> steps) {
    this.vertx = vertx;
    this.former = former;
    this.next = next;
    this.steps = steps;
  }

  /**
   * Completes when the next generation is in force, with how long questions were held; fails when
   * the former one still is.
   */
  Future<Long> run() {
    steps.accept(Step.STARTING);
    return next.start(vertx)
        .recover(failure -> Future.failedFuture(unready(failure)))
        .compose(started -> isComplete())
        .compose(complete -> change())
        .recover(failure -> next.drop(vertx).transform(done -> Future.failedFuture(failure)));
  }

  private Throwable unready(Throwable failure) {
    return failure instanceof TimeoutException
        ? new Unfit("It was not ready within " + next.config().redeploy().readySeconds() + " s")
        : failure;
  }

  private Future<Void> isComplete() {
    List<String> missing =
        former.tenure().endpoints().stream()
            .filter(endpoint -> !next.tenure().endpoints().contains(endpoint))
            .sorted()
            .toList();
    return missing.isEmpty()
        ? Future.succeededFuture()
        : Future.failedFuture(new Unfit("It does not answer " + String.join(", ", missing)));
  }

  private Future<Long> change() {
    steps.accept(Step.HANDING_OVER);
    heldNanos = System.nanoTime();
    return former
        .tenure()
        .hold()
        .compose(held -> handOver())
        .compose(this::takeOver)
        .onFailure(failure -> former.tenure().begin())
        .map(taken -> begin());
  }

  private Future<List<Handover>> handOver() {
    return former
        .handOver(HAND_OVER_MILLIS)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof TimeoutException
                        ? new Unfit("The former generation did not hand over in time")
                        : failure));
  }

  private Future<Void> takeOver(List<Handover> states) {
    steps.accept(Step.TAKING_OVER);
    return next.takeOver(states)
        .timeout(TAKE_OVER_MILLIS, TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                next.drop(vertx)
                    .transform(stopped -> former.takeOver(states))
                    .onFailure(lost -> log.error("Nobody is in charge; restart this node", lost))
                    .transform(back -> Future.failedFuture(late(failure))));
  }

  private static Throwable late(Throwable failure) {
    return failure instanceof TimeoutException
        ? new Unfit("It did not take over within " + TAKE_OVER_MILLIS + " ms")
        : failure;
  }

  private long begin() {
    next.tenure().begin();
    former.tenure().end(next.tenure());
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heldNanos);
  }
}
