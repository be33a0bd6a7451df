package dev.rondo.router;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Locating;
import dev.rondo.core.quorum.ReadRound;
import dev.rondo.core.record.Key;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Finds out which version each worker of a key holds at this moment. */
final class Locator {

  private final View view;
  private final ReadCoordinator reads;

  Locator(View view, ReadCoordinator reads) {
    this.view = view;
    this.reads = reads;
  }

  /** Asks all workers of the key at once; who does not answer is shown as out of reach. */
  Future<Locating.Located> locate(Locating.Locate question) {
    Key key = question.key();
    PreferenceList preference = view.topology().preferenceList(key);
    int n = view.topology().state().ownersMax();
    List<Future<Locating.Place>> places = new ArrayList<>(preference.size());
    for (int rank = 0; rank < preference.size(); rank++) {
      places.add(place(key, preference.worker(rank)));
    }
    return Future.all(places)
        .map(all -> all.<Locating.Place>list())
        .map(all -> new Locating.Located(all.subList(0, n), all.subList(n, all.size())));
  }

  private Future<Locating.Place> place(Key key, int worker) {
    if (!view.isReachable(worker)) {
      return Future.succeededFuture(new Locating.Place(worker, false, Version.NONE));
    }
    return reads
        .fetch(key, new ReadRound.Ask(worker, false))
        .map(answer -> new Locating.Place(worker, true, version(answer)))
        .otherwise(failure -> new Locating.Place(worker, false, Version.NONE));
  }

  private static Version version(Holding.Answer answer) {
    if (answer instanceof Holding.Answer.VersionOnly digest) {
      return digest.version();
    }
    return answer instanceof Holding.Answer.Whole whole ? whole.record().version() : Version.NONE;
  }
}
