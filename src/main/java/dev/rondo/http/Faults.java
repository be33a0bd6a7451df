package dev.rondo.http;

import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns questions that got no answer at all into problems. */
public final class Faults {

  private static final Logger log = LoggerFactory.getLogger(Faults.class);

  private Faults() {}

  /** A read, or a view, that was not answered has changed nothing and can be repeated. */
  public static <A> Future<A> ofRead(Throwable fault) {
    report(fault);
    return Future.failedFuture(
        new Rejection(ProblemCode.UNAVAILABLE, "The node has no answer now; repeating is safe"));
  }

  /** A write that was not answered may have got anywhere, unless nobody was there to take it. */
  public static <A> Future<A> ofWrite(Throwable fault) {
    report(fault);
    Problem problem =
        fault instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS
            ? Problem.of(ProblemCode.UNAVAILABLE, "The worker is starting or stopping")
            : outcomeUnknown("The worker did not answer in time; the write may apply all the same");
    return Future.failedFuture(new Rejection(problem));
  }

  /** The problem of a write of which nobody knows whether it applies. */
  public static Problem outcomeUnknown(String detail) {
    return Problem.of(ProblemCode.OUTCOME_UNKNOWN, detail).member("mayApply", true);
  }

  private static void report(Throwable fault) {
    if (fault instanceof RuntimeException && !(fault instanceof VertxException)) {
      log.error("Question failed by a bug", fault);
    } else {
      log.debug("Question unanswered: cause={}", fault.toString());
    }
  }
}
