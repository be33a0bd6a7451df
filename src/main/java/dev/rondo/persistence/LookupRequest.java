package dev.rondo.persistence;

import dev.rondo.bus.Holding;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** Keys that were asked for together, and what was found. */
final class LookupRequest implements Inbox.Load {

  private static final int BYTES_EACH = 200;

  private final List<Holding.Item> items;
  private final boolean nothingCounts;
  private final long since;
  private final List<Holding.Answer> answers;
  private final Promise<Holding.Held> promise = Promise.promise();

  /**
   * A request.
   *
   * @param nothingCounts whether not to hold a key is an answer at present
   * @param since how much was stored before, as {@link CachedReads#changes} counts
   */
  LookupRequest(Holding.Lookup lookup, boolean nothingCounts, long since) {
    this.items = lookup.items();
    this.nothingCounts = nothingCounts;
    this.since = since;
    this.answers = new ArrayList<>(items.size());
  }

  List<Holding.Item> items() {
    return items;
  }

  boolean nothingCounts() {
    return nothingCounts;
  }

  void found(Holding.Answer answer) {
    answers.add(answer);
  }

  /** The same answer for every item that has none yet. */
  void fill(Holding.Answer answer) {
    while (answers.size() < items.size()) {
      answers.add(answer);
    }
  }

  /** Tells what was found; on the verticle's context. */
  void teach(CachedReads reads) {
    reads.learn(items, answers, since);
  }

  Future<Holding.Held> answer() {
    return promise.future();
  }

  /** Tells whoever asked; on the verticle's context. */
  void complete() {
    promise.complete(new Holding.Held(answers));
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
