package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Hinting;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Locating;
import dev.rondo.bus.Locating.Condition;
import dev.rondo.bus.Locating.Place;
import dev.rondo.bus.Peering;
import dev.rondo.config.Timeouts;
import dev.rondo.core.quorum.ReadRound;
import dev.rondo.core.record.Key;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Finds out which version each worker of a key holds, or keeps for another, at this moment. */
final class Locator {

  private final Bus bus;
  private final View view;
  private final ReadCoordinator reads;
  private final Timeouts timeouts;

  Locator(Bus bus, View view, ReadCoordinator reads, Timeouts timeouts) {
    this.bus = bus;
    this.view = view;
    this.reads = reads;
    this.timeouts = timeouts;
  }

  /** Asks all workers of the key at once; who does not answer is shown as out of reach. */
  Future<Locating.Located> locate(Locating.Locate question) {
    Key key = question.key();
    PreferenceList preference = view.topology().preferenceList(key);
    int n = view.topology().state().ownersMax();
    List<Future<Place>> places = new ArrayList<>(preference.size());
    for (int rank = 0; rank < preference.size(); rank++) {
      places.add(place(key, preference.worker(rank), rank < n));
    }
    return Future.all(places)
        .map(all -> all.<Place>list())
        .map(all -> new Locating.Located(all.subList(0, n), all.subList(n, all.size())));
  }

  private Future<Place> place(Key key, int worker, boolean owner) {
    Place silent = new Place(worker, Condition.OFFLINE, Version.NONE);
    if (!view.isReachable(worker)) {
      return Future.succeededFuture(silent);
    }
    boolean behind = view.behind().test(worker);
    return (owner ? copy(key, worker) : hint(key, worker))
        .map(
            version -> new Place(worker, behind ? Condition.RECOVERING : Condition.ONLINE, version))
        .otherwise(silent);
  }

  private Future<Version> copy(Key key, int worker) {
    return reads.fetch(key, new ReadRound.Ask(worker, false)).map(Locator::version);
  }

  private Future<Version> hint(Key key, int worker) {
    Future<Hinting.Kept> kept =
        worker == view.self()
            ? bus.ask(Addresses.HINTED, new Hinting.Search(key), timeouts.storeMillis())
            : bus.ask(
                Addresses.FETCH_HINT, new Peering.FetchHint(worker, key), timeouts.replicaMillis());
    return kept.map(Hinting.Kept::latest);
  }

  private static Version version(Holding.Answer answer) {
    if (answer instanceof Holding.Answer.VersionOnly digest) {
      return digest.version();
    }
    return answer instanceof Holding.Answer.Whole whole ? whole.record().version() : Version.NONE;
  }
}
