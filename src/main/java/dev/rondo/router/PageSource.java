package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Listing;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Scanning;
import dev.rondo.bus.Scanning.Outcome;
import dev.rondo.config.Timeouts;
import dev.rondo.core.member.Member;
import dev.rondo.core.quorum.Coverage;
import dev.rondo.core.scan.PageMerge;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Live keys from {@code scan.from()} to wherever the shortest page ends. */
  Future<Outcome> pages(Scanning.Scan scan) {
    return new Gathering(scan).start();
  }

  /** Answers to one question to everybody. */
  private final class Gathering {
    private final Scanning.Scan scan;
    private final Map<Integer, Scanning.Rows> answers = new TreeMap<>();
    private final Promise<Outcome> promise = Promise.promise();
    private int open;

    Gathering(Scanning.Scan scan) {
      this.scan = scan;
    }

    Future<Outcome> start() {
      List<Integer> workers =
          view.topology().state().members().stream()
              .map(Member::id)
              .filter(worker -> worker == view.self() || view.mayBeReachable(worker))
              .toList();
      open = workers.size();
      for (int worker : workers) {
        ask(worker, scan).onComplete(rows -> answered(worker, rows), failure -> settled());
      }
      vertx.setTimer(timeouts.hedgeMillis(), timer -> hurry());
      return promise.future();
    }

    private void answered(int worker, Scanning.Rows rows) {
      answers.put(worker, rows);
      settled();
    }

    private void settled() {
      if (--open == 0) {
        conclude();
      } else if (isEnough() && isOnlyWaitingForSuspects()) {
        conclude();
      }
    }

    /** Whoever is silent by now is not waited for when the others know every key. */
    private void hurry() {
      if (isEnough()) {
        conclude();
      }
    }

    private boolean isOnlyWaitingForSuspects() {
      return view.topology().state().members().stream()
          .map(Member::id)
          .filter(worker -> !answers.containsKey(worker))
          .noneMatch(view::isReachable);
    }

    private boolean isEnough() {
      Set<Integer> counting = new HashSet<>();
      answers.forEach(
          (worker, rows) -> {
            if (rows.counts()) {
              counting.add(worker);
            }
          });
      return Coverage.isComplete(view.topology().state(), view.topology().ring(), counting);
    }

    private void conclude() {
      if (!isEnough()) {
        int members = view.topology().state().members().size();
        promise.tryComplete(new Outcome.QuorumUnavailable(answers.size(), members));
        return;
      }
      PageMerge<Scanning.Row> merge = new PageMerge<>(Scanning.Row::key, Scanning.Row::version);
      answers.values().forEach(rows -> merge.add(rows.rows(), rows.next()));
      PageMerge.Merged<Scanning.Row> merged =
          merge.merged(scan.limit(), row -> !row.head().tombstone());
      promise.tryComplete(new Outcome.Page(merged.entries(), merged.next()));
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
