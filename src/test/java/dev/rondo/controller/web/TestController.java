package dev.rondo.controller.web;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Configuring;
import dev.rondo.bus.Events;
import dev.rondo.bus.FirstGeneration;
import dev.rondo.bus.Redeploying;
import dev.rondo.bus.Repairing;
import dev.rondo.bus.Restarting;
import dev.rondo.bus.Rolling;
import dev.rondo.bus.Roster;
import dev.rondo.config.ConfigLoader;
import dev.rondo.config.NodeConfig;
import dev.rondo.http.ClientSockets;
import dev.rondo.http.Doors;
import dev.rondo.http.Listening;
import dev.rondo.http.RawClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The HTTP side of a controller on a free port, among stubs whose answers a test can replace. */
final class TestController implements AutoCloseable {

  static final String ORIGIN = "http://dashboard.example:5000";

  final Vertx vertx;
  final Bus bus;
  final BlockingQueue<Configuring.Change> changes = new LinkedBlockingQueue<>();
  final BlockingQueue<Restarting.Restart> restarts = new LinkedBlockingQueue<>();
  final BlockingQueue<Rolling.Wish> wishes = new LinkedBlockingQueue<>();
  volatile Rolling.Outcome rollOut =
      new Rolling.Outcome.Refused(Redeploying.Reason.BUSY, "not now");
  final BlockingQueue<Events.Ask> asked = new LinkedBlockingQueue<>();
  volatile Future<Roster> roster = Future.succeededFuture(Rosters.two());
  volatile Configuring.Outcome outcome = new Configuring.Outcome.Changed(Rosters.two().state());
  volatile Restarting.Outcome restart = Restarting.Outcome.ACCEPTED;
  final BlockingQueue<Repairing.Repair> repairs = new LinkedBlockingQueue<>();
  volatile Repairing.Outcome repair = new Repairing.Outcome(7, List.of(0, 1));
  volatile Events.Page page = new Events.Page(List.of(), 0, 0);
  private final ClientSockets sockets;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TestController() {
    this(Vertx.builder().withTransport(new Doors()).build());
  }

  TestController(Vertx vertx) {
    this.vertx = vertx;
    this.bus = Bus.of(vertx);
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    bus.serve(Addresses.ROSTER, ask -> roster);
    bus.serve(Addresses.EVENTS, ask -> noted(asked, ask, page));
    bus.serve(Addresses.CONFIGURE, ask -> noted(changes, ask, outcome));
    bus.serve(Addresses.REPAIR, ask -> noted(repairs, ask, repair));
    bus.serve(Addresses.ROLL_OUT, ask -> noted(wishes, ask, rollOut));
    bus.serve(Addresses.RESTART, ask -> noted(restarts, ask, restart));
    sockets = new ClientSockets(config(vertx), WebVerticle.options(config(vertx)), 1);
    WebVerticle web = new WebVerticle(config(vertx), bus, meters, sockets, "webroot-test/");
    await(vertx.deployVerticle(new FirstGeneration<>(web)));
    await(vertx.deployVerticle(new Listening(sockets)));
    asked.clear();
  }

  int port() {
    return sockets.port();
  }

  /** The cluster changes. */
  void publish(Roster next) {
    roster = Future.succeededFuture(next);
    bus.publish(Addresses.ROSTER_CHANGED, next);
  }

  RawClient connect() {
    return new RawClient(port());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(10));
  }

  HttpResponse<String> get(String path) {
    return send(request(path));
  }

  HttpResponse<String> patch(String body, String... headers) {
    HttpRequest.Builder request =
        request("/cluster/config").method("PATCH", HttpRequest.BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  static NodeConfig config(Vertx vertx) {
    Map<String, String> flags =
        Map.of(
            "http.port",
            "0",
            "supervisor.workers",
            "0",
            "http.corsOrigin",
            ORIGIN,
            "http.idleSeconds",
            "1");
    var sources = new ConfigLoader.Sources(Path.of("none.json"), false, Map.of(), flags);
    return await(new ConfigLoader(vertx).load(sources));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <Q, A> Future<A> noted(BlockingQueue<Q> questions, Q question, A answer) {
    questions.add(question);
    return Future.succeededFuture(answer);
  }
}
