package dev.rondo.api;

import dev.rondo.bus.Scanning.Outcome.Page;
import dev.rondo.bus.Scanning.Row;
import dev.rondo.bus.Scanning.Scan;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.StoredRecord;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listing that is sent one item a line. The next page is asked for when the client has taken the
 * one before, so memory does not grow with the result.
 */
final class ScanStream {

  private static final Logger log = LoggerFactory.getLogger(ScanStream.class);

  private final Function<Scan, Future<Page>> pages;
  private final HttpServerResponse response;
  private final Scan scan;
  private final boolean limited;
  private int left;

  /** Sends at most {@code limit} items; 0 for all. */
  ScanStream(
      Function<Scan, Future<Page>> pages, HttpServerResponse response, Scan scan, int limit) {
    this.pages = pages;
    this.response = response;
    this.scan = scan;
    this.limited = limit > 0;
    this.left = limit;
  }

  void send(Page page) {
    Buffer lines = Buffer.buffer();
    page.rows().forEach(row -> lines.appendBuffer(json(row).toBuffer()).appendByte((byte) '\n'));
    left -= limited ? page.rows().size() : 0;
    Bytes next = page.next();
    if (next == null || (limited && left <= 0)) {
      response.end(lines);
    } else {
      // Completes when it has left for the client, who may be slow.
      response.write(lines).onComplete(sent -> ask(next), this::cutOff);
    }
  }

  private void ask(Bytes next) {
    int keys = limited ? Math.min(left, ScanRoutes.LIMIT_MAX) : ScanRoutes.LIMIT_MAX;
    pages.apply(scan.from(next, keys)).onComplete(this::send, this::cutOff);
  }

  /** A stream that just ended would pass for complete. */
  private void cutOff(Throwable failure) {
    if (!response.closed()) {
      log.warn("Listing cut off reason={}", failure.getMessage());
      response.reset();
    }
  }

  static JsonObject json(Row row) {
    JsonObject json =
        new JsonObject()
            .put("key", row.key().toString())
            .put("version", row.version().toString())
            .put("contentType", row.contentType())
            .put("size", row.size());
    StoredRecord record = row.record();
    if (record != null) {
      json.put("value", Base64.getEncoder().encodeToString(record.value().toArray()));
    }
    return json;
  }
}
