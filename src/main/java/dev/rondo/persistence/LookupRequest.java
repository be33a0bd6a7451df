package dev.rondo.persistence;

import dev.rondo.bus.Holding;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keys that were asked for together, and what was found. */
final class LookupRequest implements Inbox.Load {

  private static final int BYTES_EACH = 200;

  private final List<Holding.Item> items;
  private final boolean nothingCounts;
  private final long since;
  private final Holding.@Nullable Answer[] answers;
  private final Promise<Holding.Held> promise = Promise.promise();

  /**
   * A request.
   *
   * @param nothingCounts whether not to hold a key is an answer at present
   * @param since how much was stored before, as {@link CachedReads#changes} counts
   * @param known the answers that there are already, null for the others
   */
  LookupRequest(
      List<Holding.Item> items,
      boolean nothingCounts,
      long since,
      Holding.@Nullable Answer[] known) {
    this.items = items;
    this.nothingCounts = nothingCounts;
    this.since = since;
    this.answers = known;
  }

  List<Holding.Item> items() {
    return items;
  }

  boolean nothingCounts() {
    return nothingCounts;
  }

  /** Whether there is no answer yet to the item of this number. */
  boolean isOpen(int item) {
    return answers[item] == null;
  }

  /** Whether there is an answer to every item. */
  boolean isAnswered() {
    for (Holding.Answer answer : answers) {
      if (answer == null) {
        return false;
      }
    }
    return true;
  }

  void found(int item, Holding.Answer answer) {
    answers[item] = answer;
  }

  /** The same answer for every item that has none yet. */
  void fill(Holding.Answer answer) {
    for (int i = 0; i < answers.length; i++) {
      if (isOpen(i)) {
        answers[i] = answer;
      }
    }
  }

  /** The answers, when there is one to every item. */
  Holding.Held held() {
    List<Holding.Answer> all = new ArrayList<>(answers.length);
    for (Holding.Answer answer : answers) {
      all.add(Objects.requireNonNull(answer, "an item was not answered"));
    }
    return new Holding.Held(all);
  }

  /** Tells what was found; on the verticle's context. */
  void teach(CachedReads reads) {
    reads.learn(items, held().answers(), since);
  }

  Future<Holding.Held> answer() {
    return promise.future();
  }

  /** Tells whoever asked; on the verticle's context. */
  void complete() {
    promise.complete(held());
  }

  @Override
  public int count() {
    return items.size();
  }

  @Override
  public long bytes() {
    return (long) BYTES_EACH * items.size();
  }
}
