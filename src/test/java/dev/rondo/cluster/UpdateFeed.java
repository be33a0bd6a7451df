package dev.rondo.cluster;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A client of the controller's event bus bridge, as the dashboard is one. */
final class UpdateFeed implements AutoCloseable {

  private static final String ADDRESS = "cluster_update";

  private final Vertx vertx = Vertx.vertx();
  private final List<JsonObject> updates = new CopyOnWriteArrayList<>();

  /** Listens to the controller at {@code port} from now on. */
  UpdateFeed(int port) {
    WebSocketClient client = vertx.createWebSocketClient();
    WebSocketConnectOptions to =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI("/eventbus/websocket")
            .addHeader("Origin", "http://127.0.0.1:" + port);
    client
        .connect(to)
        .map(
            socket -> {
              socket.textMessageHandler(this::take);
              socket.writeTextMessage(
                  new JsonObject().put("type", "register").put("address", ADDRESS).encode());
              vertx.setPeriodic(5_000, ping -> socket.writeTextMessage("{\"type\":\"ping\"}"));
              return socket;
            })
        .await();
  }

  /** Everything that came, oldest first. */
  List<JsonObject> updates() {
    return new ArrayList<>(updates);
  }

  void awaitUpdate(String what, Predicate<JsonObject> wanted) {
    await(what)
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> updates.stream().anyMatch(wanted));
  }

  /** The worker as an update shows it. */
  static JsonObject worker(JsonObject update, int id) {
    var workers = update.getJsonArray("workers");
    return IntStream.range(0, workers.size())
        .mapToObj(workers::getJsonObject)
        .filter(worker -> worker.getInteger("id") == id)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private void take(String text) {
    JsonObject message = new JsonObject(text);
    if (ADDRESS.equals(message.getString("address")) && message.containsKey("body")) {
      updates.add(message.getJsonObject("body"));
    }
  }
}
