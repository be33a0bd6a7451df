package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Branching;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Damaged;
import dev.rondo.bus.Digesting;
import dev.rondo.bus.Hinting;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Inventory;
import dev.rondo.bus.Lateness;
import dev.rondo.bus.Ranging;
import dev.rondo.bus.Remembering;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.Storing;
import dev.rondo.core.merkle.ArcTrees;
import dev.rondo.core.merkle.RingCut;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A storage in memory that outlives the node, and whose answers a test can change or hold back. */
final class StubStorage {

  private static final Lateness NOTHING_LATE =
      new Lateness(Collections.nCopies(Lateness.PARTS, Long.MIN_VALUE));

  final Map<Key, StoredRecord> records = new ConcurrentSkipListMap<>();
  final Map<String, Bytes> notes = new ConcurrentHashMap<>();
  final Map<Long, Hinting.Hint> hints = new ConcurrentSkipListMap<>();
  final List<Storing.Store> stores = new CopyOnWriteArrayList<>();
  final List<Holding.Lookup> lookups = new CopyOnWriteArrayList<>();
  final List<Storing.Entry> entries = new CopyOnWriteArrayList<>();
  volatile Function<Storing.Entry, Storing.Result> result = entry -> Storing.Result.Done.DURABLE;
  volatile Function<Holding.Item, Holding.@Nullable Answer> answer = item -> null;
  volatile Future<?> gate = Future.succeededFuture();
  volatile Future<?> confirmation = Future.succeededFuture();
  volatile int pageRecords = 10;
  volatile boolean hasTrees;
  volatile Runnable listed = () -> {};

  void serve(Bus bus) {
    bus.serve(Addresses.STORE, store -> gate.map(open -> store(store)).compose(this::confirm));
    bus.serve(Addresses.LOOK_UP, lookup -> gate.map(open -> lookUp(lookup)));
    bus.serve(Addresses.RECALL, recall -> Future.succeededFuture(recall(recall)));
    bus.serve(Addresses.HINTS, waiting -> Future.succeededFuture(hints(waiting)));
    bus.serve(Addresses.HINTED, asked -> Future.succeededFuture(kept(asked)));
    bus.serve(Addresses.STORAGE_FIGURES, ask -> Future.succeededFuture(figures()));
    bus.serve(Addresses.DIGEST, ranges -> Future.succeededFuture(sameAsAnybody(ranges)));
    bus.serve(Addresses.BRANCHES, ask -> Future.succeededFuture(branches(ask)));
    bus.serve(Addresses.BUCKETS, ask -> Future.succeededFuture(buckets(ask)));
    bus.serve(
        Addresses.SURPLUS, ask -> Future.succeededFuture(new Inventory.Page(List.of(), null)));
    bus.serve(Addresses.DAMAGED, ask -> Future.succeededFuture(new Damaged.Keys(List.of(), 0)));
    bus.serve(Addresses.LATENESS, ask -> Future.succeededFuture(NOTHING_LATE));
    bus.serve(Addresses.RANGE, range -> Future.succeededFuture(range(range)));
  }

  /** Answers nothing until the promise is completed. */
  Promise<Void> hold() {
    Promise<Void> opened = Promise.promise();
    gate = opened.future();
    return opened;
  }

  void hint(long sequence, Key key, StoredRecord record) {
    hints.put(sequence, new Hinting.Hint(sequence, key, record));
  }

  private Future<Storing.Stored> confirm(Storing.Stored stored) {
    return confirmation.map(stored);
  }

  private Storing.Stored store(Storing.Store store) {
    stores.add(store);
    List<Storing.Result> results = new ArrayList<>();
    for (Storing.Entry entry : store.entries()) {
      entries.add(entry);
      results.add(store(entry));
    }
    return new Storing.Stored(results);
  }

  private Storing.Result store(Storing.Entry entry) {
    Storing.Result outcome = result.apply(entry);
    if (outcome == Storing.Result.Done.DURABLE) {
      if (entry instanceof Storing.Entry.Put put) {
        records.put(put.key(), put.record());
      } else if (entry instanceof Storing.Entry.Note note) {
        notes.put(note.name(), note.value());
      } else if (entry instanceof Storing.Entry.Delivered delivered) {
        delivered.sequences().forEach(hints::remove);
      }
    }
    return outcome;
  }

  private Holding.Held lookUp(Holding.Lookup lookup) {
    lookups.add(lookup);
    return new Holding.Held(lookup.items().stream().map(this::held).toList());
  }

  private Holding.Answer held(Holding.Item item) {
    Holding.Answer told = answer.apply(item);
    StoredRecord record = records.get(item.key());
    if (told != null) {
      return told;
    }
    if (record == null) {
      return new Holding.Answer.Nothing(true);
    }
    return item.want() == Holding.Want.RECORD
        ? new Holding.Answer.Whole(record)
        : new Holding.Answer.VersionOnly(record.version());
  }

  private Remembering.Recalled recall(Remembering.Recall recall) {
    return new Remembering.Recalled(notes.getOrDefault(recall.name(), Bytes.EMPTY));
  }

  /** All hints are for worker 1. */
  private StorageFigures figures() {
    Map<Integer, Long> waiting = Map.of(1, (long) hints.size());
    return new StorageFigures(
        StorageFigures.Health.OPEN, records.size(), 0, 0, 0, waiting, 0, 0, null, List.of());
  }

  /** Nothing is ever compared beyond the digests. */
  private Digesting.Digests sameAsAnybody(Digesting.Ranges ranges) {
    return new Digesting.Digests(Collections.nCopies(ranges.count(), 0L), records.size());
  }

  private Branching.Answer branches(Branching.Branches ask) {
    if (!hasTrees) {
      return Branching.Answer.Absent.ABSENT;
    }
    RingCut cut = RingCut.of(ask.topology().ring());
    ArcTrees trees = new ArcTrees(cut);
    records.forEach(
        (key, record) ->
            trees.add(cut.bucketOf(key.position()), ArcTrees.hash(key.bytes(), record.version())));
    return new Branching.Answer.Digests(trees.digests(ask.level(), ask.parents()));
  }

  private Inventory.Page buckets(Inventory.Buckets ask) {
    RingCut cut = RingCut.of(ask.topology().ring());
    List<Inventory.Item> items =
        records.entrySet().stream()
            .filter(entry -> ask.buckets().contains(cut.bucketOf(entry.getKey().position())))
            .map(entry -> new Inventory.Item(entry.getKey(), entry.getValue().version()))
            .toList();
    listed.run();
    return new Inventory.Page(items, null);
  }

  private Hinting.Kept kept(Hinting.Search asked) {
    return new Hinting.Kept(
        hints.values().stream()
            .filter(hint -> hint.key().equals(asked.key()))
            .map(hint -> hint.record().version())
            .reduce(Version.NONE, Version::max));
  }

  private Hinting.Hints hints(Hinting.Waiting waiting) {
    return new Hinting.Hints(
        hints.values().stream()
            .filter(hint -> hint.sequence() > waiting.after())
            .limit(waiting.limit())
            .toList());
  }

  /** Pages of all records, whoever owns them; the cursor is the number of records sent. */
  private Ranging.Ranged range(Ranging.Range range) {
    int from = range.cursor().length() == 0 ? 0 : Integer.parseInt(range.cursor().toUtf8());
    List<Ranging.Item> all =
        records.entrySet().stream()
            .map(entry -> new Ranging.Item(entry.getKey(), entry.getValue()))
            .toList();
    int to = Math.min(all.size(), from + pageRecords);
    Bytes next = to == all.size() ? null : Bytes.utf8(String.valueOf(to));
    return new Ranging.Ranged(all.subList(from, to), next);
  }
}
