package dev.rondo.api;

import dev.rondo.bus.Scanning.Outcome.Page;
import dev.rondo.bus.Scanning.Row;
import dev.rondo.bus.Scanning.Scan;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.http.Http2;
import dev.rondo.http.Rejection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Base64;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listing that is sent one item a line. The next page is asked for when the client has taken the
 * one before, so memory does not grow with the result. A client that takes nothing any more is cut
 * off; workers that are out of reach for a moment are waited for.
 */
final class ScanStream {

  private static final Logger log = LoggerFactory.getLogger(ScanStream.class);

  private static final long PAUSE_MILLIS = 250;

  /** How often a page is asked for again: as long as it may take to start a worker anew. */
  private static final int ATTEMPTS_MAX = 60;

  private final Vertx vertx;
  private final Function<Scan, Future<Page>> pages;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Scan scan;
  private final boolean limited;
  private final long stallMillis;
  private final Promise<Void> over = Promise.promise();
  private int left;
  private int attempts;

  /**
   * A stream that has not begun.
   *
   * @param limit sends at most so many items; 0 for all
   * @param stallMillis how long a client may take nothing
   */
  ScanStream(
      Vertx vertx,
      Function<Scan, Future<Page>> pages,
      HttpServerRequest request,
      Scan scan,
      int limit,
      long stallMillis) {
    this.vertx = vertx;
    this.pages = pages;
    this.request = request;
    this.response = request.response();
    this.scan = scan;
    this.limited = limit > 0;
    this.left = limit;
    this.stallMillis = stallMillis;
  }

  /** Sends everything from this page on; completes when it is over, whichever way. */
  Future<Void> begin(Page first) {
    send(first);
    return over.future();
  }

  private void send(Page page) {
    attempts = 0;
    Buffer lines = Buffer.buffer();
    page.rows().forEach(row -> lines.appendBuffer(json(row).toBuffer()).appendByte((byte) '\n'));
    left -= limited ? page.rows().size() : 0;
    Bytes next = page.next();
    if (response.closed()) {
      over.tryComplete();
    } else if (next == null || (limited && left <= 0)) {
      taken(response.end(lines)).onComplete(ended -> over.tryComplete(), this::gone);
    } else if (lines.length() == 0) {
      ask(next);
    } else {
      // Completes when it has left for the client, who may be slow.
      taken(response.write(lines)).onComplete(sent -> ask(next), this::gone);
    }
  }

  private Future<Void> taken(Future<Void> written) {
    if (!written.isComplete()) {
      long stall =
          vertx.setTimer(stallMillis, late -> cutOff(new IOException("nobody takes what is sent")));
      written.onComplete(done -> vertx.cancelTimer(stall));
    }
    return written;
  }

  private void ask(Bytes next) {
    int keys = limited ? Math.min(left, ScanRoutes.LIMIT_MAX) : ScanRoutes.LIMIT_MAX;
    pages
        .apply(scan.from(next, keys))
        .onComplete(this::send, failure -> askAgainOrCutOff(next, failure));
  }

  private void askAgainOrCutOff(Bytes next, Throwable failure) {
    if (failure instanceof Rejection && ++attempts < ATTEMPTS_MAX && !response.closed()) {
      vertx.setTimer(PAUSE_MILLIS, pause -> ask(next));
    } else {
      cutOff(failure);
    }
  }

  /** The client has left, or takes nothing and was cut off already. */
  private void gone(Throwable failure) {
    if (over.tryComplete()) {
      log.debug("Listing not taken: cause={}", failure.toString());
      Http2.breakOff(request);
    }
  }

  /** A stream that just ended would pass for complete. */
  private void cutOff(Throwable failure) {
    if (over.tryComplete() && !response.closed()) {
      log.warn("Listing cut off reason={}", failure.getMessage());
      Http2.breakOff(request);
    }
  }

  static JsonObject json(Row row) {
    JsonObject json =
        new JsonObject()
            .put("key", row.key().toString())
            .put("version", row.version().toString())
            .put("contentType", row.head().contentType())
            .put("size", row.head().size());
    StoredRecord record = row.record();
    if (record != null) {
      json.put("value", Base64.getEncoder().encodeToString(record.value().toArray()));
    }
    return json;
  }
}
