package dev.rondo.router;

import dev.rondo.bus.Scanning;
import dev.rondo.bus.Scanning.Outcome;
import dev.rondo.core.record.Bytes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** One page under way. */
final class ListRun {

  private final PageSource source;
  private final Scanning.Scan scan;
  private final long deadline;
  private final List<Scanning.Row> rows = new ArrayList<>();
  private long bytes;

  ListRun(PageSource source, Scanning.Scan scan) {
    this.source = source;
    this.scan = scan;
    this.deadline = Pacer.now() + scan.timeoutMillis();
  }

  Future<Outcome> page() {
    return next(scan.from());
  }

  private Future<Outcome> next(Bytes from) {
    return source.pages(scan.from(from, scan.limit() - rows.size())).compose(this::take);
  }

  private Future<Outcome> take(Outcome outcome) {
    if (!(outcome instanceof Outcome.Page page)) {
      return Future.succeededFuture(outcome);
    }
    for (Scanning.Row row : page.rows()) {
      rows.add(row);
      bytes += scan.values() ? row.head().size() : 0;
    }
    Bytes next = page.next();
    // A short page is right as well; whoever wants more goes on from its end.
    return next == null || isLongEnough()
        ? Future.succeededFuture(new Outcome.Page(rows, next))
        : next(next);
  }

  private boolean isLongEnough() {
    return rows.size() >= scan.limit() || bytes >= scan.bytesMax() || Pacer.now() >= deadline;
  }
}
