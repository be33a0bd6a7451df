package dev.rondo.router;

import dev.rondo.bus.PeerFault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One question that any of several workers can answer: asks the first, the next one at once when
 * that fails or declines, and the next one as well when it stays silent. The first real answer
 * wins.
 */
final class Failover<A> implements Pacer.Waiting {

  private static final long FOREVER = 600_000;

  private final Pacer pacer;
  private final Iterator<Integer> workers;
  private final Promise<A> promise = Promise.promise();
  private IntFunction<Future<A>> question = worker -> Future.failedFuture("not asked yet");
  private Predicate<A> declines = answer -> false;
  private int underway;
  private @Nullable A declined;
  private @Nullable Throwable fault;

  Failover(Pacer pacer, List<Integer> workers) {
    this.pacer = pacer;
    this.workers = workers.iterator();
  }

  /**
   * Asks until somebody answers. When nobody does, the future yields the last answer that {@code
   * declines}, or fails with the fault that leaves most open.
   */
  Future<A> run(IntFunction<Future<A>> question, Predicate<A> declines) {
    this.question = question;
    this.declines = declines;
    askNext();
    if (!promise.future().isComplete()) {
      pacer.watch(this, FOREVER);
    }
    return promise.future();
  }

  @Override
  public boolean isAnswered() {
    return promise.future().isComplete();
  }

  @Override
  public void hedge() {
    if (workers.hasNext()) {
      askNext();
    }
  }

  @Override
  public void expire() {
    promise.tryFail("nobody answered");
  }

  private void askNext() {
    if (!workers.hasNext()) {
      giveUp();
      return;
    }
    underway++;
    question.apply(workers.next()).onComplete(this::answered, this::failed);
  }

  private void answered(A answer) {
    underway--;
    if (!declines.test(answer)) {
      promise.tryComplete(answer);
    } else if (!isAnswered()) {
      declined = answer;
      askNext();
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

  /** Nobody is left to ask; whoever was asked may still answer. */
  private void giveUp() {
    if (underway > 0) {
      return;
    }
    if (fault != null && (declined == null || mayHaveActed(fault))) {
      promise.tryFail(fault);
    } else if (declined != null) {
      promise.tryComplete(declined);
    } else {
      promise.tryFail(new PeerFault(-1, PeerFault.Kind.NOT_SENT, "nobody to ask"));
    }
  }

  /** Whether a worker may have acted although its answer did not come. */
  static boolean mayHaveActed(Throwable failure) {
    return !(failure instanceof PeerFault peer) || peer.kind() != PeerFault.Kind.NOT_SENT;
  }
}
