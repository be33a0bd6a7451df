package dev.rondo.router;

import dev.rondo.bus.PeerFault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question that any of several workers can answer: asks the first, the next one at once when
 * that fails or declines, and the next one as well after each hedging delay of silence. The first
 * final answer wins.
 */
final class Failover<A> implements Pacer.Waiting {

  /** What an answer is worth. */
  enum Worth {
    /** It is the answer. */
    FINAL,
    /** It is the answer unless somebody else who was asked has a better one, or may have acted. */
    UNLESS_BETTER,
    /** Another worker may do better. */
    ASK_ANOTHER
  }

  /** What is asked. */
  interface Question<A> {

    /** Asks one worker, which has so many milliseconds to answer. */
    Future<A> ask(int worker, long millisLeft);

    /** What this answer is worth. */
    Worth worth(A answer);

    /** Which of two answers to give when there is no final one. */
    A better(A before, A now);
  }

  private final Pacer pacer;
  private final RouterMeters meters;
  private final Iterator<Integer> workers;
  private final Question<A> question;
  private final Promise<A> promise = Promise.promise();
  private long deadline;
  private int underway;
  private @Nullable A best;
  private @Nullable Throwable fault;

  Failover(Pacer pacer, RouterMeters meters, List<Integer> workers, Question<A> question) {
    this.pacer = pacer;
    this.meters = meters;
    this.workers = workers.iterator();
    this.question = question;
  }

  /**
   * Asks until somebody answers, all have failed or the time is over. Where no answer came, the
   * future fails with the fault that leaves most open.
   */
  Future<A> run(long timeoutMillis) {
    deadline = Pacer.now() + timeoutMillis;
    askNext();
    if (!isAnswered()) {
      pacer.watch(this, timeoutMillis);
    }
    return promise.future();
  }

  @Override
  public boolean isAnswered() {
    return promise.future().isComplete();
  }

  @Override
  public boolean hedge(boolean mayAsk) {
    if (!mayAsk || !workers.hasNext()) {
      return false;
    }
    meters.hedged().increment();
    askNext();
    return true;
  }

  @Override
  public void expire() {
    promise.tryFail(new PeerFault(-1, PeerFault.Kind.UNANSWERED, "nobody answered in time"));
  }

  private void askNext() {
    if (!workers.hasNext()) {
      giveUp();
      return;
    }
    underway++;
    question
        .ask(workers.next(), Math.max(1, deadline - Pacer.now()))
        .onComplete(this::answered, this::failed);
  }

  private void answered(A answer) {
    underway--;
    Worth worth = question.worth(answer);
    if (worth == Worth.FINAL) {
      promise.tryComplete(answer);
    } else if (!isAnswered()) {
      best = best == null ? answer : question.better(best, answer);
      if (worth == Worth.ASK_ANOTHER) {
        askNext();
      } else {
        giveUp();
      }
    }
  }

  private void failed(Throwable failure) {
    underway--;
    if (fault == null || mayHaveActed(failure)) {
      fault = failure;
    }
    if (!isAnswered()) {
      askNext();
    }
  }

  /** Asks nobody else; whoever was asked may still answer. */
  private void giveUp() {
    if (underway > 0) {
      return;
    }
    if (fault != null && (best == null || mayHaveActed(fault))) {
      promise.tryFail(fault);
    } else if (best != null) {
      promise.tryComplete(best);
    } else {
      promise.tryFail(new PeerFault(-1, PeerFault.Kind.NOT_SENT, "nobody to ask"));
    }
  }

  /** Whether a worker may have acted although its answer did not come. */
  static boolean mayHaveActed(Throwable failure) {
    return !(failure instanceof PeerFault peer) || peer.kind() != PeerFault.Kind.NOT_SENT;
  }
}
