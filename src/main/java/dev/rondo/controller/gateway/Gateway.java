package dev.rondo.controller.gateway;

import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.config.NodeConfig;
import dev.rondo.http.Answers;
import dev.rondo.http.Brake;
import dev.rondo.http.ContentLength;
import dev.rondo.http.Faults;
import dev.rondo.http.Intake;
import dev.rondo.http.Methods;
import dev.rondo.http.Outflow;
import dev.rondo.http.Rejection;
import dev.rondo.http.ServerOptions;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * {@code /kv} and {@code /ring} on the controller: the same as on a worker, by way of any worker
 * that is alive.
 *
 * <p>Whoever serves many requests should talk to the workers directly; this way is for people and
 * for the dashboard.
 */
public final class Gateway {

  static final String LISTING = "/kv";
  static final int CONNECT_MILLIS = 1000;

  /** More than that, so that whoever has waited so long was waiting for others. */
  static final int QUEUE_MILLIS = CONNECT_MILLIS + 100;

  private static final String KEYS = "/kv/";
  private static final String RING = "/ring";
  private static final String PLACES = "/ring/keys/";
  private static final PoolOptions POOL =
      new PoolOptions().setHttp1MaxSize(64).setMaxWaitQueueSize(512);
  private static final int OUTFLOW_BYTES = 32 << 20;
  private static final int VALUES_AT_LEAST = 4;
  private static final int TURNS_MAX = 32;
  private static final int REST_SECONDS = 30;

  /** Workers report once a second at least. */
  private static final long SILENT_MILLIS = 1500;

  private static final List<WorkerStatus> BEST_FIRST =
      List.of(
          WorkerStatus.ONLINE,
          WorkerStatus.RECOVERING,
          WorkerStatus.JOINING,
          WorkerStatus.LEAVING,
          WorkerStatus.OFFLINE);

  private final Vertx vertx;
  private final Supplier<Future<Roster>> roster;
  private final int timeoutMillis;
  private final long stallMillis;
  private final Outflow outflow;
  private final Turns turns;
  private final int valueBytesMax;
  private final Answers answers;
  private final Random random;

  /** Each with connections of its own: slow uploads or slow readers of listings are slow alone. */
  private final HttpClient reads;

  private final HttpClient writes;
  private final HttpClient listings;

  /** A way to the workers of the roster, which are configured as this controller is. */
  public Gateway(
      Vertx vertx,
      Supplier<Future<Roster>> roster,
      NodeConfig config,
      Answers answers,
      Random random) {
    this(vertx, roster, config, answers, random, POOL);
  }

  Gateway(
      Vertx vertx,
      Supplier<Future<Roster>> roster,
      NodeConfig config,
      Answers answers,
      Random random,
      PoolOptions pool) {
    this.vertx = vertx;
    this.roster = roster;
    this.timeoutMillis = config.timeouts().requestMillis();
    this.valueBytesMax = config.http().valueBytesMax();
    this.stallMillis = TimeUnit.SECONDS.toMillis(config.http().idleSeconds());
    long outflowBytes = Math.max(OUTFLOW_BYTES, (long) VALUES_AT_LEAST * valueBytesMax);
    this.outflow = new Outflow(outflowBytes);
    this.turns = new Turns(vertx, (int) Math.min(TURNS_MAX, outflowBytes / valueBytesMax));
    this.answers = answers;
    this.random = random;
    this.reads = client(pool);
    this.writes = client(pool);
    this.listings = client(pool);
  }

  private HttpClient client(PoolOptions pool) {
    HttpClientOptions options = new HttpClientOptions();
    options.setConnectTimeout(CONNECT_MILLIS);
    options.setKeepAliveTimeout(REST_SECONDS);
    options.setMaxHeaderSize(2 * ServerOptions.HEADER_BYTES_MAX);
    options.setDecompressionSupported(false);
    return vertx.httpClientBuilder().with(options).with(pool).build();
  }

  /** Whether a raw path is one of keys. */
  public boolean isFor(String path) {
    return path.equals(LISTING)
        || path.startsWith(KEYS)
        || path.equals(RING)
        || path.equals(RING + "/")
        || path.startsWith(PLACES);
  }

  /** Passes a request on. Its body waits until somebody takes it. */
  public void handle(HttpServerRequest request, Target target) {
    if (ContentLength.of(request) > valueBytesMax) {
      throw new Rejection(Intake.tooLarge(valueBytesMax));
    }
    if (Passage.hasBody(request)) {
      Brake.on(request);
    } else {
      request.pause();
    }
    // Before anybody takes it, all of it may have come already.
    request.exceptionHandler(broken -> refuseGarbled(request, broken));
    Future<Turns.Turn> begun =
        request.method().equals(HttpMethod.GET) ? turns.next() : turns.none();
    begun.onSuccess(turn -> pass(request, target, turn));
  }

  private void pass(HttpServerRequest request, Target target, Turns.Turn turn) {
    WayBack.Patience patience = new WayBack.Patience(stallMillis, outflow, turn);
    roster
        .get()
        .recover(Faults::ofRead)
        .compose(
            known ->
                new Passage(
                        vertx,
                        client(request, target),
                        request,
                        target,
                        timeoutMillis,
                        patience,
                        candidates(known))
                    .attempt())
        .onFailure(failure -> refuse(request, failure))
        .onComplete(over -> turn.end());
  }

  private void refuseGarbled(HttpServerRequest request, Throwable broken) {
    if (Passage.isGarbled(broken)) {
      refuse(request, new Rejection(Intake.garbled()));
    }
  }

  private HttpClient client(HttpServerRequest request, Target target) {
    if (target.path().equals(LISTING)) {
      return listings;
    }
    return Methods.isRead(request.method()) ? reads : writes;
  }

  private void refuse(HttpServerRequest request, Throwable failure) {
    Brake.off(request);
    answers.fail(request, failure);
  }

  /** All workers, the best first, in random order among equals. */
  private ArrayDeque<String> candidates(Roster known) {
    long nowMillis = System.currentTimeMillis();
    List<Roster.Entry> entries = new ArrayList<>(known.workers());
    Collections.shuffle(entries, random);
    entries.sort(
        Comparator.comparing((Roster.Entry entry) -> isDoubtful(entry, nowMillis))
            .thenComparingInt(entry -> BEST_FIRST.indexOf(entry.status())));
    return new ArrayDeque<>(entries.stream().map(Roster.Entry::url).toList());
  }

  /** Long before it counts as OFFLINE, a worker that hangs is asked behind all others. */
  private static boolean isDoubtful(Roster.Entry entry, long nowMillis) {
    return entry.status() == WorkerStatus.OFFLINE
        || nowMillis - entry.lastBeatMillis() > SILENT_MILLIS;
  }
}
