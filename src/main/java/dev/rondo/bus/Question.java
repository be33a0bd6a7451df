package dev.rondo.bus;

import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.jspecify.annotations.Nullable;

/** A question on its way over the {@link Bus}, with the promise of its answer. */
public final class Question<Q, A> implements TimerTask {

  private final String address;
  private final Q question;
  private final Promise<A> promise;
  private @Nullable Timeout timeout;
  private @Nullable Tenure tenure;

  Question(String address, Q question, Promise<A> promise) {
    this.address = address;
    this.question = question;
    this.promise = promise;
  }

  /** Called before the question is sent, and so before it can be answered. */
  void watchedBy(Timeout watch) {
    timeout = watch;
  }

  void sendTo(MessageProducer<Object> target) {
    target.write(this).onFailure(this::fail);
  }

  /** Somebody works on it, and calls {@link #answered} or {@link #failed} in the end. */
  void takenIn(@Nullable Tenure during) {
    tenure = during;
    if (during != null) {
      during.begun();
    }
  }

  void answered(A answer) {
    if (promise.tryComplete(answer)) {
      unwatch();
    }
    over();
  }

  void failed(Throwable failure) {
    fail(failure);
    over();
  }

  private void over() {
    Tenure during = tenure;
    if (during != null) {
      during.done();
    }
  }

  /** False once it is answered, or too late for an answer. */
  boolean isWaitedFor() {
    return !promise.future().isComplete();
  }

  Q question() {
    return question;
  }

  Future<A> future() {
    return promise.future();
  }

  void fail(Throwable failure) {
    if (promise.tryFail(failure)) {
      unwatch();
    }
  }

  /** No answer in time. */
  @Override
  public void run(Timeout over) {
    promise.tryFail(new ReplyException(ReplyFailure.TIMEOUT, "no answer in time from " + address));
  }

  private void unwatch() {
    Timeout watch = timeout;
    if (watch != null) {
      watch.cancel();
    }
  }
}
