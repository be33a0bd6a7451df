package dev.rondo.bus;

import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Where the questions to one endpoint go at the moment: to whoever answers them, or, while one
 * answerer follows another, into a queue.
 */
final class Route {

  private final ArrayDeque<Question<?, ?>> held = new ArrayDeque<>();

  /** Null while questions are held. */
  private volatile @Nullable MessageProducer<Object> target;

  /** Leads to {@code first} from the start. */
  Route(MessageProducer<Object> first) {
    target = first;
  }

  void send(Question<?, ?> question) {
    MessageProducer<Object> now = target;
    if (now == null) {
      hold(question);
    } else {
      now.write(question).onFailure(failure -> undelivered(question, now, failure));
    }
  }

  /** Lets questions wait, in their order, until the next {@link #lead}. */
  synchronized void hold() {
    target = null;
  }

  /** Leads somewhere else from now on; first go those that were held. */
  synchronized void lead(MessageProducer<Object> next) {
    for (Question<?, ?> first = held.poll(); first != null; first = held.poll()) {
      first.sendTo(next);
    }
    target = next;
  }

  private synchronized void hold(Question<?, ?> question) {
    MessageProducer<Object> now = target;
    if (now == null) {
      held.add(question);
    } else {
      question.sendTo(now);
    }
  }

  /** It was sent when nobody was there any more, by a thread that had looked up the way before. */
  private void undelivered(
      Question<?, ?> question, MessageProducer<Object> tried, Throwable failure) {
    boolean nobody =
        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    if (nobody && target != tried) {
      send(question);
    } else {
      question.fail(failure);
    }
  }
}
