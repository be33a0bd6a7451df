package dev.rondo.router;

import dev.rondo.bus.Scanning;
import dev.rondo.bus.Scanning.Outcome;
import io.vertx.core.Future;

/**
 * Pages through the live keys of the whole cluster: asks every worker for a page of its own and
 * merges them, as often as it takes to fill the page (deleted keys take up room in the workers'
 * pages, and large values make them short).
 */
final class Lister {

  /** Scans under way; more are refused, so that memory is bounded. */
  private static final int UNDERWAY_MAX = 16;

  private final PageSource source;
  private int underway;

  Lister(PageSource source) {
    this.source = source;
  }

  Future<Outcome> scan(Scanning.Scan scan) {
    if (underway >= UNDERWAY_MAX) {
      return Future.succeededFuture(Outcome.Refused.OVERLOADED);
    }
    underway++;
    return new ListRun(source, scan).page().onComplete(done -> underway--);
  }
}
