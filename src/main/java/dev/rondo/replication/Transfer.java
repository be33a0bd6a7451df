package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Holding;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Storing;
import dev.rondo.config.Timeouts;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import dev.rondo.proto.Answer;
import dev.rondo.proto.Request;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Moves the newest records of some keys between this worker and a peer, over the stream that
 * requests use too. Whoever gets a record decides by its version whether to keep it.
 */
final class Transfer {

  private final Bus bus;
  private final Timeouts timeouts;
  private final Peers peers;
  private final ClockWatch clock;
  private final LastSeen lastSeen;

  Transfer(NodeSetup setup, Peers peers, ClockWatch clock, LastSeen lastSeen) {
    this.bus = setup.bus();
    this.timeouts = setup.config().timeouts();
    this.peers = peers;
    this.clock = clock;
    this.lastSeen = lastSeen;
  }

  /**
   * What became of a fetch.
   *
   * @param keys how many are stored here now
   * @param left how many were left where they are, as their versions are too far ahead
   */
  record Fetched(int keys, long bytes, int left) {}

  /** Stores here what the peer holds of the keys. */
  Future<Fetched> fetch(int peer, List<Key> keys) {
    List<Future<Holding.Answer>> asked =
        keys.stream().map(key -> held(peer, key, Holding.Want.RECORD)).toList();
    return Future.all(asked).compose(all -> store(peer, keys, all.list()));
  }

  /** What the peer holds of a key. */
  Future<Holding.Answer> held(int peer, Key key, Holding.Want want) {
    return ask(peer, WireRequests.fetch(key, want), answer -> WireAnswers.held(key, answer));
  }

  private Future<Fetched> store(int peer, List<Key> keys, List<Holding.Answer> answers) {
    List<Storing.Entry> entries = new ArrayList<>();
    Version latest = Version.NONE;
    long bytes = 0;
    int left = 0;
    try {
      for (int i = 0; i < keys.size(); i++) {
        StoredRecord record = record(answers.get(i));
        if (record != null && clock.admits(peer, record.version())) {
          entries.add(new Storing.Entry.Put(keys.get(i), record));
          bytes += record.encoded().length();
          latest = Version.max(latest, record.version());
        } else if (record != null) {
          left++;
        }
      }
    } catch (IOException failure) {
      return Future.failedFuture(failure);
    }
    lastSeen.saw(latest);
    Fetched fetched = new Fetched(entries.size(), bytes, left);
    return entries.isEmpty() ? Future.succeededFuture(fetched) : store(entries).map(fetched);
  }

  private static @Nullable StoredRecord record(Holding.Answer answer) throws IOException {
    if (cannotTell(answer)) {
      throw new IOException("it does not hand over what it holds");
    }
    return answer instanceof Holding.Answer.Whole whole ? whole.record() : null;
  }

  /** What it holds no more, or cannot read, is left to the other owners. */
  static boolean cannotTell(Holding.Answer answer) {
    return answer instanceof Holding.Answer.Overloaded
        || (answer instanceof Holding.Answer.Nothing nothing && !nothing.counts());
  }

  private Future<Void> store(List<Storing.Entry> entries) {
    return bus.ask(Addresses.STORE, new Storing.Store(entries), timeouts.storeMillis())
        .compose(stored -> stored.orFail("the own storage refuses"));
  }

  /**
   * What became of a push.
   *
   * @param stored what the peer holds now in the version that was sent, or a newer one
   * @param refused how many it did not take
   * @param left how many it did not take because their versions are too far ahead
   */
  record Pushed(long bytes, List<Key> stored, int refused, int left) {}

  /** Has the peer store what this worker holds of the keys. */
  Future<Pushed> push(int peer, List<Key> keys) {
    List<Holding.Item> items =
        keys.stream().map(key -> new Holding.Item(key, Holding.Want.RECORD)).toList();
    return bus.ask(Addresses.LOOK_UP, new Holding.Lookup(items), timeouts.storeMillis())
        .compose(
            held ->
                held.answers().contains(Holding.Answer.Overloaded.OVERLOADED)
                    ? Future.failedFuture(new IOException("the own storage is overloaded"))
                    : push(peer, copies(keys, held.answers())));
  }

  private static List<Storing.Entry.Put> copies(List<Key> keys, List<Holding.Answer> held) {
    List<Storing.Entry.Put> copies = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      if (held.get(i) instanceof Holding.Answer.Whole whole) {
        copies.add(new Storing.Entry.Put(keys.get(i), whole.record()));
      }
    }
    return copies;
  }

  private Future<Pushed> push(int peer, Collection<Storing.Entry.Put> copies) {
    List<Future<Storing.Result>> sent = new ArrayList<>();
    for (Storing.Entry.Put copy : copies) {
      sent.add(ask(peer, WireRequests.send(copy), WireAnswers::stored));
    }
    return Future.all(sent).map(all -> pushed(List.copyOf(copies), all.list()));
  }

  private static Pushed pushed(List<Storing.Entry.Put> copies, List<Storing.Result> results) {
    long bytes = 0;
    List<Key> stored = new ArrayList<>();
    int left = 0;
    for (int i = 0; i < copies.size(); i++) {
      bytes += copies.get(i).record().encoded().length();
      if (results.get(i) == Storing.Result.Refusal.CLOCK_DRIFT) {
        left++;
      } else if (!(results.get(i) instanceof Storing.Result.Refusal)) {
        stored.add(copies.get(i).key());
      }
    }
    return new Pushed(bytes, stored, copies.size() - stored.size() - left, left);
  }

  private <T> Future<T> ask(int peer, Request.Builder request, Function<Answer, T> reader) {
    PeerLink link = peers.link(peer);
    return link == null
        ? Future.failedFuture(new PeerFault(peer, PeerFault.Kind.NOT_SENT, "it is no other member"))
        : link.ask(request, reader, timeouts.replicaMillis());
  }
}
