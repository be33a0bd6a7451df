package dev.rondo.api;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Scanning.Outcome;
import dev.rondo.bus.Scanning.Outcome.Page;
import dev.rondo.bus.Scanning.Scan;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.http.Answers;
import dev.rondo.http.Faults;
import dev.rondo.http.Headers;
import dev.rondo.http.MediaTypes;
import dev.rondo.http.Methods;
import dev.rondo.http.Problem;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Query;
import dev.rondo.http.Rejection;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code /kv}: the live keys of the whole cluster, in key order, as a page or as a stream. */
final class ScanRoutes {

  static final int LIMIT_MAX = 1000;

  private static final Set<String> PARAMETERS =
      Set.of("prefix", "start", "end", "limit", "values", "cursor");
  private static final int LIMIT = 100;

  /** So long that a client can go on right behind any key: at the key and a zero byte. */
  static final int BOUND_BYTES_MAX = Key.BYTES_MAX + 1;

  /** What a page with values holds, and what is under way of a stream with values. */
  private static final long PAGE_BYTES_MAX = 1 << 20;

  private static final long STREAM_BYTES_MAX = 256 << 10;

  /** Streams of this instance; each holds some memory for as long as its client is slow. */
  private static final int STREAMS_MAX = 32;

  private final Vertx vertx;
  private final Bus bus;
  private final int timeoutMillis;
  private final long stallMillis;
  private final Answers answers;
  private final Methods methods;
  private int streams;

  ScanRoutes(Vertx vertx, Bus bus, NodeConfig config, Answers answers, Methods methods) {
    this.vertx = vertx;
    this.bus = bus;
    this.timeoutMillis = config.timeouts().requestMillis();
    this.stallMillis = TimeUnit.SECONDS.toMillis(config.http().idleSeconds());
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
    Bytes start = query.bytes("start", BOUND_BYTES_MAX);
    boolean stream = wantsStream(request);
    request.response().headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    Scan scan =
        new Scan(
            prefix,
            cursor.isEmpty() ? start : Cursor.decode(cursor),
            query.bytes("end", BOUND_BYTES_MAX),
            limit == 0 ? LIMIT : limit,
            query.flag("values", false),
            stream ? STREAM_BYTES_MAX : PAGE_BYTES_MAX,
            timeoutMillis);
    if (stream) {
      stream(request, scan, limit);
    } else {
      answers.when(request, page(scan), page -> answers.json(request, json(page)));
    }
  }

  /** To a client of HTTP/1.0 a stream that is cut off would pass for complete: it gets pages. */
  private static boolean wantsStream(HttpServerRequest request) {
    return request.version() != HttpVersion.HTTP_1_0 && MediaTypes.acceptsLines(request);
  }

  /** Problems of the first page are told as such; later ones can only cut the stream off. */
  private void stream(HttpServerRequest request, Scan scan, int limit) {
    if (streams >= STREAMS_MAX) {
      throw new Rejection(Problem.overloaded("Too many listings are being sent"));
    }
    streams++;
    Scan wide = scan.from(scan.from(), limit == 0 ? LIMIT_MAX : limit);
    Future<Page> first = page(wide);
    answers.when(request, first, page -> head(request));
    first.compose(page -> lines(request, wide, limit, page)).onComplete(over -> streams--);
  }

  private static void head(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.LINES)
        .putHeader(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE)
        .putHeader(Headers.CONTENT_TYPE_OPTIONS, Headers.NOSNIFF);
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.setChunked(true);
    }
  }

  private Future<Void> lines(HttpServerRequest request, Scan scan, int limit, Page first) {
    HttpServerResponse response = request.response();
    return response.ended() || response.closed()
        ? Future.succeededFuture()
        : new ScanStream(vertx, this::page, request, scan, limit, stallMillis).begin(first);
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
                  .formatted(few.answering(), few.members())));
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
