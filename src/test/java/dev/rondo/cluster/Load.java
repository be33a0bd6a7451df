package dev.rondo.cluster;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Clients that write and read without end, each on keys of its own and through every target in
 * turn, and remember what they were told. Every second one speaks HTTP/2, unless they never rest: a
 * connection of HTTP/2 would make them wait for each other. All of it runs on one event loop.
 */
final class Load implements AutoCloseable {

  static final int CLIENTS = 64;

  private static final int KEYS_EACH = 4;

  /** Between two operations of a client: the machine is also needed by those under test. */
  private static final long PAUSE_MILLIS = 100;

  /** Problems that say that nothing was sent. */
  private static final Set<String> REFUSALS =
      Set.of("quorum_unavailable", "overloaded", "disk_full");

  private static final List<HttpVersion> ONE_VERSION = List.of(HttpVersion.HTTP_1_1);
  private static final List<HttpVersion> BOTH_VERSIONS =
      List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Connections connections;
  private final History history = new History();
  private final AtomicLong succeeded = new AtomicLong();
  private final Recorder micros = new Recorder(3);
  private final Recorder gaps = new Recorder(3);
  private final List<Future<Void>> clients = new ArrayList<>();
  private final String prefix;
  private final List<String> urls;
  private final String padding;
  private final long pauseMillis;
  private long lastSuccess = System.nanoTime();
  private volatile boolean stopping;

  private Load(
      String prefix, List<String> urls, int valueBytes, List<HttpVersion> versions, long pause) {
    this.prefix = prefix;
    this.urls = List.copyOf(urls);
    this.padding = "x".repeat(valueBytes);
    this.connections = new Connections(vertx, versions);
    this.pauseMillis = pause;
  }

  /** Starts the clients on keys that start with {@code prefix}. */
  static Load on(Nodes cluster, String prefix, Integer... workers) {
    List<String> urls = List.of(workers).stream().map(cluster::url).toList();
    return start(new Load(prefix, urls, 0, BOTH_VERSIONS, PAUSE_MILLIS), CLIENTS);
  }

  /** The same on all workers, with values of at least so many bytes. */
  static Load large(Nodes cluster, String prefix, int valueBytes) {
    List<String> urls = cluster.ids().stream().map(cluster::url).toList();
    return start(new Load(prefix, urls, valueBytes, BOTH_VERSIONS, PAUSE_MILLIS), CLIENTS);
  }

  /** So many clients that never rest. */
  static Load restless(String prefix, List<String> urls, int clients) {
    return start(new Load(prefix, urls, 0, ONE_VERSION, 0), clients);
  }

  /** So many clients for each target. */
  static Load onEach(String prefix, List<String> urls) {
    Load load = new Load(prefix, urls, 0, BOTH_VERSIONS, PAUSE_MILLIS * urls.size());
    return start(load, CLIENTS * urls.size());
  }

  private static Load start(Load load, int clients) {
    IntStream.range(0, clients).forEach(load::startClient);
    return load;
  }

  /** Waits until so many more operations have succeeded. */
  void awaitProgress(long operations) {
    long goal = succeeded.get() + operations;
    await("progress of the clients")
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> succeeded.get() >= goal);
  }

  /** How long requests took since this was last asked, in microseconds. */
  Histogram latencies() {
    return micros.getIntervalHistogram();
  }

  /** Of the times in which no request was answered since this was last asked, in milliseconds. */
  long longestGap() {
    return gaps.getIntervalHistogram().getMaxValue() / 1000;
  }

  /** How many connections were closed by the other side. */
  int brokenConnections() {
    return connections.broken();
  }

  /** Ends the clients, and with them what they had under way. */
  History stop() {
    stopping = true;
    Future.all(clients).await();
    connections.close();
    return history;
  }

  @Override
  public void close() {
    stopping = true;
    vertx.close().await();
  }

  private void startClient(int client) {
    Promise<Void> ended = Promise.promise();
    clients.add(ended.future());
    vertx.runOnContext(none -> step(client, 0, ended));
  }

  private void step(int client, int number, Promise<Void> ended) {
    if (stopping) {
      ended.complete();
      return;
    }
    String key = prefix + client + "-" + number / 2 % KEYS_EACH;
    String url = urls.get((client + number) % urls.size());
    long began = System.nanoTime();
    Future<?> operation =
        number % 2 == 0 ? write(client, url, key, number) : read(client, url, key);
    operation.onComplete(
        any -> {
          micros.recordValue((System.nanoTime() - began) / 1000);
          rest(() -> step(client, number + 1, ended));
        });
  }

  private void rest(Runnable then) {
    if (pauseMillis == 0) {
      vertx.runOnContext(none -> then.run());
    } else {
      vertx.setTimer(pauseMillis, timer -> then.run());
    }
  }

  private Future<?> write(int client, String url, String key, int number) {
    String value = key + "#" + number + "#";
    long began = System.nanoTime();
    History.Operation operation = history.write(key, value, began);
    return connections
        .send(client, HttpMethod.PUT, url + KvClient.path(key), Buffer.buffer(value + padding))
        .onSuccess(
            reply -> {
              operation.noted(circumstances(url, began, reply));
              if (reply.status() == 200) {
                operation.ok(now());
              } else {
                notDone(operation, reply);
              }
            })
        .onFailure(cause -> notDone(operation, cause));
  }

  private Future<?> read(int client, String url, String key) {
    long began = System.nanoTime();
    History.Operation operation = history.read(key, began);
    return connections
        .send(client, HttpMethod.GET, url + KvClient.path(key), Buffer.buffer())
        .onSuccess(
            reply -> {
              operation.noted(circumstances(url, began, reply));
              if (reply.status() == 200 || reply.status() == 404) {
                operation.ok(reply.status() == 200 ? name(reply.body()) : null, now());
              } else {
                notDone(operation, reply);
              }
            })
        .onFailure(cause -> notDone(operation, cause));
  }

  /** The part of a value that names its write; all of it where the rest is wrong. */
  private String name(String value) {
    int length = value.length() - padding.length();
    return value.endsWith(padding) ? value.substring(0, length) : value;
  }

  private static String circumstances(String url, long began, Connections.Reply reply) {
    long micros = (System.nanoTime() - began) / 1000;
    return "%s at %s in %d us: %s".formatted(url, Instant.now(), micros, reply.timing());
  }

  private long now() {
    succeeded.incrementAndGet();
    long now = System.nanoTime();
    gaps.recordValue((now - lastSuccess) / 1000);
    lastSuccess = now;
    return now;
  }

  private static void notDone(History.Operation operation, Connections.Reply reply) {
    String reason = reply.status() + " " + reply.body();
    if (REFUSALS.stream().anyMatch(reply.body()::contains) || reply.status() < 500) {
      operation.fail(reason, System.nanoTime());
    } else {
      operation.info(reason);
    }
  }

  private static void notDone(History.Operation operation, Throwable cause) {
    if (cause instanceof ConnectException) {
      operation.fail("refused", System.nanoTime());
    } else {
      operation.info(cause.toString());
    }
  }
}
