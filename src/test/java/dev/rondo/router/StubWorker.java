package dev.rondo.router;

import dev.rondo.bus.Hinting;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Listing;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Scanning;
import dev.rondo.bus.Storing;
import dev.rondo.bus.Writing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the others see of one worker: well behaved, until a test tells it otherwise. */
final class StubWorker {

  /** How often it was asked for a page. */
  final AtomicInteger pages = new AtomicInteger();

  /** The records it owns, by key. */
  final Map<Key, StoredRecord> stored = new ConcurrentHashMap<>();

  /** The hints it keeps, by the worker that they are for. */
  final Map<Integer, StoredRecord> hints = new ConcurrentHashMap<>();

  /** The same in the order of arrival. */
  final List<StoredRecord> hinted = new CopyOnWriteArrayList<>();

  /** What it was asked to make durable under a name. */
  final Map<String, Bytes> notes = new ConcurrentHashMap<>();

  /** What it was asked about a key, in the order of arrival. */
  final List<Holding.Want> lookUps = new CopyOnWriteArrayList<>();

  /** The writes passed on to it. */
  final List<Writing.Forwarded> forwardedWrites = new CopyOnWriteArrayList<>();

  /** The reads passed on to it. */
  final List<Reading.Read> forwardedReads = new CopyOnWriteArrayList<>();

  private final ConcurrentLinkedDeque<Runnable> unspoken = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<Writing.Outcome> writeOutcomes =
      new ConcurrentLinkedDeque<>();
  private volatile boolean silent;
  private volatile PeerFault.@Nullable Kind fault;
  private volatile Storing.@Nullable Result refusal;
  private volatile Storing.@Nullable Result noteRefusal;
  private volatile Holding.@Nullable Answer lookUp;
  private volatile Reading.Outcome readOutcome = Reading.Outcome.Refused.NOT_COORDINATING;
  private volatile Version stamp = Version.NONE;
  private volatile long diskMillis;

  /** Answers nothing from now on. */
  StubWorker fallsSilent() {
    silent = true;
    return this;
  }

  /** Does now what it was asked in its silence, and answers. */
  void speaks() {
    silent = false;
    for (Runnable answer = unspoken.poll(); answer != null; answer = unspoken.poll()) {
      answer.run();
    }
  }

  /** How many questions wait for an answer. */
  int owes() {
    return unspoken.size();
  }

  StubWorker failsWith(PeerFault.Kind kind) {
    fault = kind;
    return this;
  }

  /** Refuses copies and hints. */
  StubWorker refuses(Storing.Result result) {
    refusal = result;
    return this;
  }

  StubWorker refusesNotes(Storing.@Nullable Result result) {
    noteRefusal = result;
    return this;
  }

  /** Stores everything so late. */
  StubWorker storesAfter(long millis) {
    diskMillis = millis;
    return this;
  }

  /** A page of what it holds from there on. */
  Listing.Listed list(Listing.Page page) {
    pages.incrementAndGet();
    List<Listing.Item> items = new ArrayList<>();
    for (Map.Entry<Key, StoredRecord> one : new TreeMap<>(stored).entrySet()) {
      if (one.getKey().bytes().compareTo(page.from()) < 0) {
        continue;
      }
      if (items.size() == page.limit()) {
        return new Listing.Listed(items, one.getKey().bytes());
      }
      items.add(Listing.Item.of(one.getKey(), one.getValue(), page.values(), null));
    }
    return new Listing.Listed(items, null);
  }

  /** The same, asked by a peer. */
  Scanning.Rows list(Scanning.Scan scan) {
    Listing.Listed listed =
        list(
            new Listing.Page(
                scan.prefix(), scan.from(), scan.limit(), Listing.Scope.RECORDS, scan.values()));
    return new Scanning.Rows(
        listed.items().stream()
            .map(item -> new Scanning.Row(item.key(), item.head(), item.record()))
            .toList(),
        listed.next(),
        true);
  }

  StubWorker holds(Key key, StoredRecord record) {
    stored.put(key, record);
    return this;
  }

  /** Answers every look-up like this. */
  StubWorker looksUp(Holding.Answer answer) {
    lookUp = answer;
    return this;
  }

  /** Answers writes that are passed on to it like this, in turn; the last outcome stays. */
  StubWorker coordinatesTo(Writing.Outcome... outcomes) {
    writeOutcomes.addAll(List.of(outcomes));
    return this;
  }

  StubWorker readsTo(Reading.Outcome outcome) {
    readOutcome = outcome;
    return this;
  }

  StubWorker stamps(Version version) {
    stamp = version;
    return this;
  }

  Future<Storing.Result> store(Storing.Entry entry) {
    return answer(() -> storeNow(entry));
  }

  Future<Storing.Stored> store(List<Storing.Entry> entries) {
    Supplier<Storing.Stored> work =
        () -> {
          List<Storing.Result> results = new ArrayList<>();
          entries.forEach(entry -> results.add(storeNow(entry)));
          return new Storing.Stored(results);
        };
    return diskMillis == 0 ? answer(work) : later(work);
  }

  private <A> Future<A> later(Supplier<A> work) {
    Executor disk = CompletableFuture.delayedExecutor(diskMillis, TimeUnit.MILLISECONDS);
    return Future.fromCompletionStage(CompletableFuture.supplyAsync(work, disk));
  }

  Future<Holding.Answer> lookUp(Key key, Holding.Want want) {
    lookUps.add(want);
    return answer(() -> lookUpNow(key, want));
  }

  /** The latest of its hints, which are all under one key. */
  Future<Hinting.Kept> kept() {
    return answer(
        () ->
            new Hinting.Kept(
                hinted.stream().map(StoredRecord::version).reduce(Version.NONE, Version::max)));
  }

  Future<Writing.Outcome> coordinate(Writing.Forwarded write) {
    forwardedWrites.add(write);
    return answer(
        () -> writeOutcomes.size() > 1 ? writeOutcomes.remove() : writeOutcomes.element());
  }

  Future<Reading.Outcome> coordinate(Reading.Read read) {
    forwardedReads.add(read);
    return answer(() -> readOutcome);
  }

  Future<Version> stamp() {
    return answer(() -> stamp);
  }

  private <A> Future<A> answer(Supplier<A> work) {
    PeerFault.Kind kind = fault;
    if (kind != null) {
      return Future.failedFuture(new PeerFault(0, kind, "as the test wants"));
    }
    if (!silent) {
      return Future.succeededFuture(work.get());
    }
    Promise<A> promise = Promise.promise();
    unspoken.add(() -> promise.complete(work.get()));
    return promise.future();
  }

  private Storing.Result storeNow(Storing.Entry entry) {
    if (entry instanceof Storing.Entry.Note note) {
      return store(note);
    }
    Storing.Result refused = refusal;
    if (refused != null) {
      return refused;
    }
    if (entry instanceof Storing.Entry.Hint hint) {
      hints.put(hint.owner(), hint.record());
      hinted.add(hint.record());
      return Storing.Result.Done.DURABLE;
    }
    return store((Storing.Entry.Put) entry);
  }

  private Storing.Result store(Storing.Entry.Note note) {
    Storing.Result refused = noteRefusal;
    if (refused != null) {
      return refused;
    }
    notes.put(note.name(), note.value());
    return Storing.Result.Done.DURABLE;
  }

  private Storing.Result store(Storing.Entry.Put put) {
    StoredRecord held =
        stored.merge(
            put.key(),
            put.record(),
            (before, now) -> before.version().isAfter(now.version()) ? before : now);
    return held.version().isAfter(put.record().version())
        ? new Storing.Result.Newer(held.version())
        : Storing.Result.Done.DURABLE;
  }

  private Holding.Answer lookUpNow(Key key, Holding.Want want) {
    Holding.Answer fixed = lookUp;
    if (fixed != null) {
      return fixed;
    }
    StoredRecord held = stored.get(key);
    if (held == null) {
      return new Holding.Answer.Nothing(true);
    }
    return want == Holding.Want.RECORD
        ? new Holding.Answer.Whole(held)
        : new Holding.Answer.VersionOnly(held.version());
  }
}
