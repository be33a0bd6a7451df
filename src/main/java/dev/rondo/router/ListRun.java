package dev.rondo.router;

import dev.rondo.bus.Scanning;
import dev.rondo.bus.Scanning.Outcome;
import dev.rondo.core.record.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * One page under way. Each time that what was asked for does not fill it, twice as much is asked
 * for: it may be a long row of deleted keys.
 */
final class ListRun {

  private static final int ASKED_MAX = 1000;

  private final PageSource source;
  private final Scanning.Scan scan;
  private final long deadline;
  private final List<Scanning.Row> rows = new ArrayList<>();
  private final Promise<Outcome> page = Promise.promise();
  private int asked;
  private long bytes;

  ListRun(PageSource source, Scanning.Scan scan) {
    this.source = source;
    this.scan = scan;
    this.deadline = Pacer.now() + scan.timeoutMillis();
    this.asked = scan.limit();
  }

  Future<Outcome> page() {
    ask(scan.from());
    return page.future();
  }

  private void ask(Bytes from) {
    int wanted = scan.limit() - rows.size();
    source
        .pages(scan.from(from, Math.max(wanted, asked)), wanted)
        .onComplete(this::take, page::fail);
    asked = Math.min(ASKED_MAX, 2 * asked);
  }

  private void take(Outcome outcome) {
    if (!(outcome instanceof Outcome.Page found)) {
      page.complete(outcome);
      return;
    }
    for (Scanning.Row row : found.rows()) {
      rows.add(row);
      bytes += scan.values() ? row.head().size() : 0;
    }
    Bytes next = found.next();
    // A short page is right as well; whoever wants more goes on from its end.
    if (next == null || isLongEnough()) {
      page.complete(new Outcome.Page(rows, next));
    } else {
      ask(next);
    }
  }

  private boolean isLongEnough() {
    return rows.size() >= scan.limit() || bytes >= scan.bytesMax() || Pacer.now() >= deadline;
  }
}
