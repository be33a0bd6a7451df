package dev.rondo.persistence;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers look-ups from memory, where that knows as much as the engine: records that were stored or
 * looked up lately. Belongs to the verticle's context.
 *
 * <p>What is here was written, and synced where that is configured, before it came, and is replaced
 * before whoever stored something newer is told so. A look-up that was under way meanwhile has
 * perhaps seen less, and teaches nothing.
 */
final class CachedReads {

  /** Keys are told apart by some bits of their places on the ring. */
  private static final int STRIPES = 1024;

  private final RecordCache cache;
  private final IntSupplier engineExchanges;
  private final BooleanSupplier failed;
  private final Predicate<Key> damaged;
  private final StorageMeters meters;

  /** Counts what was stored, and when that last happened to each stripe. */
  private long changes;

  private final long[] changed = new long[STRIPES];
  private long forgotten;
  private int exchanges;

  /**
   * Knows nothing yet.
   *
   * @param engineExchanges how often another engine took the place of the one before
   * @param failed whether nothing that is stored may be believed any more
   * @param damaged whether a key's record was found damaged, so that nothing vouches for it
   */
  CachedReads(
      RecordCache cache,
      IntSupplier engineExchanges,
      BooleanSupplier failed,
      Predicate<Key> damaged,
      StorageMeters meters) {
    this.cache = cache;
    this.engineExchanges = engineExchanges;
    this.failed = failed;
    this.damaged = damaged;
    this.meters = meters;
    this.exchanges = engineExchanges.getAsInt();
  }

  /** The answers that are known, in the order of the items; null where the engine must be asked. */
  Holding.@Nullable Answer[] answer(List<Holding.Item> items) {
    followEngine();
    Holding.@Nullable Answer[] answers = new Holding.@Nullable Answer[items.size()];
    int known = 0;
    for (int i = 0; i < answers.length && !failed.getAsBoolean(); i++) {
      answers[i] = answer(items.get(i));
      known += answers[i] == null ? 0 : 1;
    }
    meters.lookedUp(known, answers.length - known);
    return answers;
  }

  private Holding.@Nullable Answer answer(Holding.Item item) {
    Key key = item.key();
    if (damaged.test(key)) {
      return null;
    }
    return switch (item.want()) {
      case RECORD -> {
        StoredRecord record = cache.record(key);
        yield record == null ? null : new Holding.Answer.Whole(record);
      }
      case VERSION -> {
        Version version = cache.version(key);
        yield version == null ? null : new Holding.Answer.VersionOnly(version);
      }
      case INTACT -> null;
    };
  }

  /** How much was stored until now, for a look-up that is about to ask the engine. */
  long changes() {
    return changes;
  }

  /**
   * The engine was asked for these.
   *
   * @param since what {@link #changes} was before that
   */
  void learn(List<Holding.Item> items, List<Holding.Answer> answers, long since) {
    followEngine();
    for (int i = 0; i < answers.size(); i++) {
      Key key = items.get(i).key();
      boolean current = since >= forgotten && changed[stripe(key)] <= since;
      if (answers.get(i) instanceof Holding.Answer.Whole whole) {
        learn(key, whole.record(), current);
      } else if (answers.get(i) instanceof Holding.Answer.VersionOnly digest) {
        learn(key, digest.version(), current);
      }
    }
  }

  private void learn(Key key, StoredRecord record, boolean current) {
    if (current) {
      cache.offer(key, record);
    } else {
      cache.removeOlder(key, record.version());
    }
  }

  private void learn(Key key, Version version, boolean current) {
    if (current) {
      cache.offer(key, version);
    } else {
      cache.removeOlder(key, version);
    }
  }

  /** Entries were stored, or perhaps were; before anybody is told. */
  void stored(StoreRequest request) {
    followEngine();
    List<Storing.Entry> entries = request.entries();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i) instanceof Storing.Entry.Put put) {
        stored(put, request.isInDoubt(), request.isDurable(i));
      } else if (entries.get(i) instanceof Storing.Entry.Forget forget) {
        forget(forget.key());
      }
    }
  }

  private void stored(Storing.Entry.Put put, boolean perhaps, boolean durable) {
    if (perhaps) {
      forget(put.key());
    } else if (durable) {
      changed[stripe(put.key())] = ++changes;
      cache.put(put.key(), put.record());
    }
  }

  private void forget(Key key) {
    changed[stripe(key)] = ++changes;
    cache.remove(key);
  }

  /** Another engine may hold less. */
  private void followEngine() {
    int now = engineExchanges.getAsInt();
    if (now != exchanges) {
      exchanges = now;
      forgotten = ++changes;
      cache.clear();
    }
  }

  private static int stripe(Key key) {
    return key.position() & (STRIPES - 1);
  }
}
