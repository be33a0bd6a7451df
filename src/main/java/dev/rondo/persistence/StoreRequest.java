package dev.rondo.persistence;

import dev.rondo.bus.Storing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries that were handed in together, and what became of each. */
final class StoreRequest implements Inbox.Load {

  private static final long OBJECTS = 200;

  private final List<Storing.Entry> entries;
  private final Storing.Result[] results;
  private final long bytes;
  private final Promise<Storing.Stored> promise = Promise.promise();
  private @Nullable StorageFault doubt;

  StoreRequest(Storing.Store store) {
    entries = store.entries();
    results = new Storing.Result[entries.size()];
    long sum = 0;
    for (Storing.Entry entry : entries) {
      sum += size(entry);
    }
    bytes = sum;
  }

  /** Every entry refused, without a try. */
  static Storing.Stored refused(Storing.Store store, Storing.Result.Refusal refusal) {
    Storing.Result[] results = new Storing.Result[store.entries().size()];
    Arrays.fill(results, refusal);
    return new Storing.Stored(List.of(results));
  }

  List<Storing.Entry> entries() {
    return entries;
  }

  Storing.Result result(int index) {
    return results[index];
  }

  /** Whether the entry is stored, as far as one can know. */
  boolean isDurable(int index) {
    return doubt == null && results[index] == Storing.Result.Done.DURABLE;
  }

  /** Whether it cannot be known what of it is stored. */
  boolean isInDoubt() {
    return doubt != null;
  }

  void decide(int index, Storing.Result result) {
    results[index] = result;
  }

  /** The batch was not written: whatever was decided on its strength is void. */
  void revoke(Storing.Result.Refusal refusal) {
    for (int i = 0; i < results.length; i++) {
      if (!(results[i] instanceof Storing.Result.Refusal)) {
        results[i] = refusal;
      }
    }
  }

  /** It is not known whether the batch was written, nor what is stored of it in the end. */
  void doubt(StorageFault reason) {
    if (!Arrays.stream(results).allMatch(Storing.Result.Refusal.class::isInstance)) {
      doubt = reason;
    }
  }

  Future<Storing.Stored> answer() {
    return promise.future();
  }

  /** Tells whoever asked, unless that was done before; on the verticle's context. */
  void complete() {
    if (doubt == null) {
      promise.tryComplete(new Storing.Stored(List.of(results)));
    } else {
      promise.tryFail(doubt);
    }
  }

  @Override
  public int count() {
    return entries.size();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  private static long size(Storing.Entry entry) {
    if (entry instanceof Storing.Entry.Put put) {
      return OBJECTS + put.record().encoded().length();
    }
    if (entry instanceof Storing.Entry.Hint hint) {
      return OBJECTS + hint.record().encoded().length();
    }
    if (entry instanceof Storing.Entry.Delivered delivered) {
      return OBJECTS + 24L * delivered.sequences().size();
    }
    return OBJECTS;
  }
}
