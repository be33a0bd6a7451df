package dev.rondo.api;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Scanning.Outcome;
import dev.rondo.bus.Scanning.Outcome.Page;
import dev.rondo.bus.Scanning.Scan;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.http.Answers;
import dev.rondo.http.Faults;
import dev.rondo.http.Methods;
import dev.rondo.http.Problem;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Query;
import dev.rondo.http.Rejection;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Set;

/** {@code /kv}: the live keys of the whole cluster, in key order, as a page or as a stream. */
final class ScanRoutes {

  static final int LIMIT_MAX = 1000;

  private static final Set<String> PARAMETERS =
      Set.of("prefix", "start", "end", "limit", "values", "cursor");
  private static final int LIMIT = 100;
  private static final String NDJSON = "application/x-ndjson";

  private final Bus bus;
  private final int timeoutMillis;
  private final Answers answers;
  private final Methods methods;

  ScanRoutes(Bus bus, int timeoutMillis, Answers answers, Methods methods) {
    this.bus = bus;
    this.timeoutMillis = timeoutMillis;
    this.answers = answers;
    this.methods = methods;
  }

  void mount(Router router) {
    methods.view(router, "/kv", this::scan);
  }

  /** A cursor takes the place of {@code start}, so that clients can repeat all other parameters. */
  private void scan(HttpServerRequest request) {
    Query query = Query.parse(Target.of(request.uri()).query(), PARAMETERS);
    String cursor = query.bytes("cursor", Cursor.LENGTH_MAX).toUtf8();
    int limit = query.positive("limit", LIMIT_MAX, "1 to " + LIMIT_MAX, 0);
    Bytes prefix = query.bytes("prefix", Key.BYTES_MAX);
    Bytes start = query.bytes("start", Key.BYTES_MAX);
    Scan scan =
        new Scan(
            prefix,
            cursor.isEmpty() ? start : Cursor.decode(cursor),
            query.bytes("end", Key.BYTES_MAX),
            limit == 0 ? LIMIT : limit,
            query.flag("values", false),
            timeoutMillis);
    if (wantsStream(request)) {
      stream(request, scan, limit);
    } else {
      answers.when(request, page(scan), page -> Answers.json(request, json(page)));
    }
  }

  private static boolean wantsStream(HttpServerRequest request) {
    String accepted = request.getHeader(HttpHeaders.ACCEPT);
    return accepted != null && accepted.contains(NDJSON);
  }

  /** Problems of the first page are told as such; later ones can only cut the stream off. */
  private void stream(HttpServerRequest request, Scan scan, int limit) {
    Scan wide = scan.from(scan.from(), limit == 0 ? LIMIT_MAX : limit);
    answers.when(
        request,
        page(wide),
        first -> {
          request.response().putHeader(HttpHeaders.CONTENT_TYPE, NDJSON).setChunked(true);
          new ScanStream(this::page, request.response(), wide, limit).send(first);
        });
  }

  /** A page, or a {@link Rejection}. */
  private Future<Page> page(Scan scan) {
    return bus.ask(Addresses.SCAN, scan, scan.timeoutMillis() + KvWrites.SLACK_MILLIS)
        .recover(Faults::ofRead)
        .map(ScanRoutes::page);
  }

  private static Page page(Outcome outcome) {
    if (outcome instanceof Page page) {
      return page;
    }
    if (outcome instanceof Outcome.QuorumUnavailable few) {
      throw new Rejection(
          Problem.of(
                  ProblemCode.QUORUM_UNAVAILABLE,
                  "%d of %d workers answer, too few to know every key; repeating is safe"
                      .formatted(few.answering(), few.members()))
              .header("Retry-After", "1"));
    }
    throw new Rejection(Problem.overloaded("Too many listings are under way"));
  }

  private static JsonObject json(Page page) {
    JsonArray items = new JsonArray();
    page.rows().forEach(row -> items.add(ScanStream.json(row)));
    Bytes next = page.next();
    return new JsonObject()
        .put("items", items)
        .put("next", next == null ? null : Cursor.encode(next));
  }
}
