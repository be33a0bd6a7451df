package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Listing;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Scanning;
import dev.rondo.bus.Scanning.Outcome;
import dev.rondo.config.Timeouts;
import dev.rondo.core.member.Member;
import dev.rondo.core.quorum.ScanRound;
import dev.rondo.core.scan.PageMerge;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One page of each worker that is in reach, merged. */
final class PageSource {

  /** The most that this worker's own page holds. */
  private static final long OWN_BYTES_MAX = 256 << 10;

  private final Vertx vertx;
  private final Bus bus;
  private final View view;
  private final Timeouts timeouts;

  PageSource(Vertx vertx, Bus bus, View view, Timeouts timeouts) {
    this.vertx = vertx;
    this.bus = bus;
    this.view = view;
    this.timeouts = timeouts;
  }

  /**
   * Live keys from {@code scan.from()} to wherever the shortest page ends.
   *
   * @param scan what each worker is asked for, deleted keys among it
   * @param wanted live keys at most
   */
  Future<Outcome> pages(Scanning.Scan scan, int wanted) {
    return new Gathering(scan, wanted).start();
  }

  /** Answers to one question to everybody. */
  private final class Gathering {
    private final Scanning.Scan scan;
    private final int wanted;
    private final List<Integer> asked;
    private final ScanRound round;
    private final Map<Integer, Scanning.Rows> answers = new TreeMap<>();
    private final Promise<Outcome> promise = Promise.promise();

    Gathering(Scanning.Scan scan, int wanted) {
      this.scan = scan;
      this.wanted = wanted;
      this.asked =
          view.topology().state().members().stream()
              .map(Member::id)
              .filter(view::mayBeReachable)
              .toList();
      this.round = new ScanRound(view.topology(), asked, view, view.behind());
    }

    Future<Outcome> start() {
      for (int worker : asked) {
        ask(worker, scan).onComplete(rows -> answered(worker, rows), failure -> failed(worker));
      }
      watch();
      return promise.future();
    }

    private void answered(int worker, Scanning.Rows rows) {
      answers.put(worker, rows);
      round.answered(worker, rows.counts());
      judge();
    }

    private void failed(int worker) {
      round.failed(worker);
      judge();
    }

    private void watch() {
      vertx.setTimer(
          timeouts.hedgeMillis(),
          timer -> {
            round.keepWaiting();
            judge();
            if (!promise.future().isComplete()) {
              watch();
            }
          });
    }

    private void judge() {
      if (round.isOver() && !promise.future().isComplete()) {
        conclude();
      }
    }

    private void conclude() {
      if (!round.isComplete()) {
        int members = view.topology().state().members().size();
        promise.complete(new Outcome.QuorumUnavailable(answers.size(), members));
        return;
      }
      PageMerge<Scanning.Row> merge = new PageMerge<>(Scanning.Row::key, Scanning.Row::version);
      answers.values().forEach(rows -> merge.add(rows.rows(), rows.next()));
      PageMerge.Merged<Scanning.Row> merged = merge.merged(wanted, row -> !row.head().tombstone());
      promise.complete(new Outcome.Page(merged.entries(), merged.next()));
    }
  }

  private Future<Scanning.Rows> ask(int worker, Scanning.Scan scan) {
    return worker == view.self()
        ? own(scan)
        : bus.ask(
            Addresses.FETCH_PAGE, new Peering.ListPage(worker, scan), timeouts.replicaMillis());
  }

  private Future<Scanning.Rows> own(Scanning.Scan scan) {
    boolean counts = view.fitness().knowsWhatItHolds();
    Listing.Page page =
        new Listing.Page(
            scan.prefix(),
            scan.from(),
            scan.end(),
            scan.limit(),
            scan.values() ? OWN_BYTES_MAX : Listing.Page.BYTES_MAX,
            Listing.Scope.RECORDS,
            scan.values());
    return bus.ask(Addresses.LIST, page, timeouts.storeMillis())
        .map(
            listed ->
                new Scanning.Rows(
                    listed.items().stream()
                        .map(item -> new Scanning.Row(item.key(), item.head(), item.record()))
                        .toList(),
                    listed.next(),
                    counts && listed.whole()));
  }
}
