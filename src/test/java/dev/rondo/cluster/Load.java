package dev.rondo.cluster;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Clients that write and read without end, each on keys of its own and through every target in
 * turn, and remember what they were told. All of it runs on one event loop.
 */
final class Load implements AutoCloseable {

  static final int CLIENTS = 64;

  private static final int KEYS_EACH = 4;

  /** Between two operations of a client: the machine is also needed by those under test. */
  private static final long PAUSE_MILLIS = 10;

  /** Problems that say that nothing was sent. */
  private static final Set<String> REFUSALS =
      Set.of("quorum_unavailable", "overloaded", "disk_full");

  private record Reply(int status, String body) {}

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final HttpClient http =
      vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(2 * CLIENTS));
  private final History history = new History();
  private final AtomicLong succeeded = new AtomicLong();
  private final List<Future<Void>> clients = new ArrayList<>();
  private final String prefix;
  private final List<String> urls;
  private final int valueBytes;
  private volatile boolean stopping;

  private Load(String prefix, List<String> urls, int valueBytes) {
    this.prefix = prefix;
    this.urls = List.copyOf(urls);
    this.valueBytes = valueBytes;
  }

  /** Starts the clients on keys that start with {@code prefix}. */
  static Load on(Nodes cluster, String prefix, Integer... workers) {
    return start(cluster, prefix, 0, workers);
  }

  /** The same with values of at least so many bytes. */
  static Load start(Nodes cluster, String prefix, int valueBytes, Integer... workers) {
    Load load = new Load(prefix, List.of(workers).stream().map(cluster::url).toList(), valueBytes);
    IntStream.range(0, CLIENTS).forEach(load::startClient);
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

  /** Ends the clients, and with them what they had under way. */
  History stop() {
    stopping = true;
    Future.all(clients).await();
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
    Future<?> operation = number % 2 == 0 ? write(url, key, number) : read(url, key);
    operation.onComplete(
        any -> vertx.setTimer(PAUSE_MILLIS, timer -> step(client, number + 1, ended)));
  }

  private Future<?> write(String url, String key, int number) {
    String value = key + "#" + number + "#" + "x".repeat(valueBytes);
    History.Operation operation = history.write(key, value, System.nanoTime());
    return send(HttpMethod.PUT, url, key, Buffer.buffer(value))
        .onSuccess(
            reply -> {
              if (reply.status() == 200) {
                operation.ok(now());
              } else {
                notDone(operation, reply);
              }
            })
        .onFailure(cause -> notDone(operation, cause));
  }

  private Future<?> read(String url, String key) {
    History.Operation operation = history.read(key, System.nanoTime());
    return send(HttpMethod.GET, url, key, Buffer.buffer())
        .onSuccess(
            reply -> {
              if (reply.status() == 200 || reply.status() == 404) {
                operation.ok(reply.status() == 200 ? reply.body() : null, now());
              } else {
                notDone(operation, reply);
              }
            })
        .onFailure(cause -> notDone(operation, cause));
  }

  private long now() {
    succeeded.incrementAndGet();
    return System.nanoTime();
  }

  private static void notDone(History.Operation operation, Reply reply) {
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
      operation.info(cause.getClass().getSimpleName());
    }
  }

  private Future<Reply> send(HttpMethod method, String url, String key, Buffer body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(url + KvClient.path(key))
            .setTimeout(10_000);
    return http.request(options)
        .compose(request -> request.send(body))
        .compose(
            response ->
                response.body().map(bytes -> new Reply(response.statusCode(), bytes.toString())));
  }
}
