package dev.rondo.simulation;

import dev.rondo.bus.Storing;
import dev.rondo.bus.Storing.Entry;
import dev.rondo.bus.Storing.Result;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A worker's disk. Entries wait for the next fsync, are acknowledged after it, and are gone when
 * the worker crashes before it.
 */
final class Disk {

  private record Pending(Entry entry, Consumer<Result> reply) {}

  private final Map<Key, StoredRecord> records = new HashMap<>();
  private final Map<Integer, NavigableMap<Long, Entry.Hint>> hints = new TreeMap<>();
  private final Bug bug;
  private List<Pending> waiting = new ArrayList<>();
  private List<Pending> syncing = List.of();
  private long sequence;
  private long clockMark;

  /** What the process shows although it is not durable; only with a planted bug. */
  private final Map<Key, StoredRecord> cache = new HashMap<>();

  Disk(Bug bug) {
    this.bug = bug;
  }

  void add(Entry entry, Consumer<Result> reply) {
    if (bug == Bug.ACKNOWLEDGES_BEFORE_THE_SYNC && entry instanceof Entry.Put put) {
      Result result = judge(put, holds(put.key()));
      if (result == Result.Done.DURABLE) {
        cache.put(put.key(), put.record());
      }
      waiting.add(new Pending(entry, late -> {}));
      reply.accept(result);
    } else {
      waiting.add(new Pending(entry, reply));
    }
  }

  boolean isIdle() {
    return syncing.isEmpty();
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  /** Starts an fsync of all that waits. */
  void beginSync() {
    syncing = waiting;
    waiting = new ArrayList<>();
  }

  /** The fsync is over: everything in it is durable, and is acknowledged. */
  void endSync() {
    List<Pending> synced = syncing;
    syncing = List.of();
    List<Result> results = new ArrayList<>(synced.size());
    synced.forEach(pending -> results.add(apply(pending.entry)));
    for (int i = 0; i < synced.size(); i++) {
      synced.get(i).reply.accept(results.get(i));
    }
  }

  /** The power is gone. Of the fsync under way the first {@code survivors} entries made it. */
  void crash(int survivors) {
    syncing.stream().limit(survivors).forEach(pending -> apply(pending.entry));
    syncing = List.of();
    waiting = new ArrayList<>();
    cache.clear();
  }

  private Result apply(Entry entry) {
    if (entry instanceof Entry.Put put) {
      Result result = judge(put, records.get(put.key()));
      if (result == Result.Done.DURABLE) {
        records.merge(put.key(), put.record(), Disk::newer);
      }
      return result;
    }
    if (entry instanceof Entry.Hint hint) {
      hints.computeIfAbsent(hint.owner(), owner -> new TreeMap<>()).put(++sequence, hint);
    } else if (entry instanceof Entry.Delivered delivered) {
      delivered.sequences().forEach(waitingFor(delivered.owner())::remove);
    } else if (entry instanceof Entry.Note note && bug != Bug.FORGETS_THE_CLOCKS_MARK) {
      clockMark = Long.parseLong(note.value().toUtf8());
    }
    return Result.Done.DURABLE;
  }

  private Result judge(Entry.Put put, @Nullable StoredRecord held) {
    boolean newerHeld = held != null && held.version().isAfter(put.record().version());
    return newerHeld && bug != Bug.STAMPS_BY_THE_WALL_CLOCK
        ? new Storing.Result.Newer(held.version())
        : Result.Done.DURABLE;
  }

  private static StoredRecord newer(StoredRecord a, StoredRecord b) {
    return b.version().isAfter(a.version()) ? b : a;
  }

  @Nullable StoredRecord holds(Key key) {
    StoredRecord cached = cache.get(key);
    StoredRecord durable = records.get(key);
    return cached == null || durable == null ? either(cached, durable) : newer(cached, durable);
  }

  /** Removes a copy for good. */
  void remove(Key key) {
    records.remove(key);
    cache.remove(key);
  }

  private static @Nullable StoredRecord either(@Nullable StoredRecord a, @Nullable StoredRecord b) {
    return a == null ? b : a;
  }

  /** The hints for a worker, by sequence. */
  NavigableMap<Long, Entry.Hint> waitingFor(int owner) {
    return hints.computeIfAbsent(owner, none -> new TreeMap<>());
  }

  /** What survives a crash. */
  @Nullable StoredRecord durable(Key key) {
    return records.get(key);
  }

  /** Drops the hints that may be dropped; returns how many. */
  int dropHints(BiPredicate<Key, Version> mayGo) {
    int before = hints.values().stream().mapToInt(Map::size).sum();
    hints
        .values()
        .forEach(
            some ->
                some.values().removeIf(hint -> mayGo.test(hint.key(), hint.record().version())));
    return before - hints.values().stream().mapToInt(Map::size).sum();
  }

  boolean hasHints() {
    return hints.values().stream().anyMatch(waiting -> !waiting.isEmpty());
  }

  long clockMark() {
    return clockMark;
  }
}
