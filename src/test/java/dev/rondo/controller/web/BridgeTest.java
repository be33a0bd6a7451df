package dev.rondo.controller.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.bus.Writing.Acknowledgement;
import dev.rondo.core.version.Version;
import dev.rondo.http.RawClient;
import io.vertx.core.MultiMap;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeTest {

  private static final String REGISTER = "{\"type\":\"register\",\"address\":\"cluster_update\"}";

  private TestController controller;
  private WebSocketClient client;

  @BeforeEach
  void start() {
    controller = new TestController();
    client =
        controller.vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(2 * Bridge.CLIENTS_MAX)
                .setClosingTimeout(1));
    await().until(() -> controller.get("/cluster").statusCode() == 200);
  }

  @AfterEach
  void stop() {
    TestController.await(client.close());
    controller.close();
  }

  @Test
  void who_registers_gets_a_snapshot_at_once() throws Exception {
    BlockingQueue<JsonObject> received = register("/eventbus/websocket");
    JsonObject first = received.poll(500, TimeUnit.MILLISECONDS);
    assertThat(first.getString("type")).isEqualTo("rec");
    assertThat(first.getString("address")).isEqualTo("cluster_update");
    assertThat(first.getJsonObject("body").getLong("epoch")).isEqualTo(7);
  }

  @Test
  void the_framed_protocol_of_sockjs_works_too() throws Exception {
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    WebSocket socket = connect("/eventbus/123/abcdefgh/websocket", frames);
    assertThat(frames.poll(2, TimeUnit.SECONDS)).isEqualTo("o");
    socket.writeTextMessage(new JsonArray().add(REGISTER).encode());
    String frame = frames.poll(2, TimeUnit.SECONDS);
    assertThat(frame).startsWith("a[");
    JsonObject message = new JsonObject(new JsonArray(frame.substring(1)).getString(0));
    assertThat(message.getJsonObject("body").getString("cluster")).isEqualTo("rondo");
  }

  @Test
  void a_change_of_status_is_shown_at_once_and_a_snapshot_comes_every_second() throws Exception {
    BlockingQueue<JsonObject> received = register("/eventbus/websocket");
    received.poll(2, TimeUnit.SECONDS);
    received.poll(2, TimeUnit.SECONDS);
    long changed = System.nanoTime();
    controller.publish(Rosters.two(WorkerStatus.OFFLINE, List.of()));
    assertThat(awaitStatus(received, "OFFLINE")).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(Duration.ofMillis(600));
    assertThat(received.poll(1500, TimeUnit.MILLISECONDS)).isNotNull();
    assertThat(received.poll(1500, TimeUnit.MILLISECONDS)).isNotNull();
  }

  @Test
  void a_late_acknowledgement_of_a_traced_write_is_shown_at_once() throws Exception {
    BlockingQueue<JsonObject> received = register("/eventbus/websocket");
    received.poll(2, TimeUnit.SECONDS);
    received.poll(2, TimeUnit.SECONDS);
    LateAcknowledgement late =
        new LateAcknowledgement(Version.of(5_000, 1, 0), new Acknowledgement(2, 2, 16_400));
    controller.bus.publish(Addresses.LATE, late);
    JsonObject next = received.poll(600, TimeUnit.MILLISECONDS);
    assertThat(next.getJsonObject("body").getJsonArray("late").getJsonObject(0).getString("trace"))
        .isEqualTo(late.version().toString());
  }

  @Test
  void changes_in_quick_succession_make_few_snapshots() {
    BlockingQueue<JsonObject> received = register("/eventbus/websocket");
    await().until(() -> !received.isEmpty());
    for (int i = 0; i < 200; i++) {
      controller.publish(Rosters.two(WorkerStatus.ONLINE, Rosters.work(i, i)));
    }
    await()
        .until(
            () ->
                received.stream()
                    .anyMatch(
                        one ->
                            one.getJsonObject("body")
                                    .getJsonArray("work")
                                    .getJsonObject(0)
                                    .getLong("done")
                                == 199));
    assertThat(received).hasSizeLessThan(8);
  }

  @Test
  void who_unregisters_gets_no_more() throws Exception {
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    WebSocket socket = connect("/eventbus/websocket", frames);
    socket.writeTextMessage(REGISTER);
    assertThat(frames.poll(2, TimeUnit.SECONDS)).contains("cluster_update");
    socket.writeTextMessage(REGISTER.replace("register", "unregister"));
    socket.writeTextMessage("{\"type\":\"ping\"}");
    await().until(() -> frames.stream().anyMatch(frame -> frame.contains("pong")));
    frames.clear();
    assertThat(frames.poll(1500, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void a_question_for_the_snapshot_is_answered_at_its_reply_address() throws Exception {
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    connect("/eventbus/websocket", frames)
        .writeTextMessage(
            "{\"type\":\"send\",\"address\":\"cluster_snapshot\",\"replyAddress\":\"r-1\",\"body\":{}}");
    JsonObject reply = new JsonObject(frames.poll(2, TimeUnit.SECONDS));
    assertThat(reply.getString("address")).isEqualTo("r-1");
    assertThat(reply.getJsonObject("body").getJsonArray("workers")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                                               | invalid_json",
        "[1]                                                             | invalid_json",
        "{}                                                              | missing_type",
        "{\"type\":\"register\"}                                         | missing_address",
        "{\"type\":\"register\",\"address\":\"controller.event\"}        | access_denied",
        "{\"type\":\"register\",\"address\":\"cluster_snapshot\"}        | access_denied",
        "{\"type\":\"send\",\"address\":\"controller.configure\"}        | access_denied",
        "{\"type\":\"send\",\"address\":\"cluster_update\",\"body\":{}}  | access_denied",
        "{\"type\":\"publish\",\"address\":\"cluster_update\"}           | access_denied",
        "{\"type\":\"send\",\"address\":\"cluster_snapshot\"}            | invalid_reply_address",
        "{\"type\":\"dance\",\"address\":\"cluster_update\"}             | invalid_type"
      })
  void everything_else_is_refused_with_a_reason(String message, String reason) throws Exception {
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    connect("/eventbus/websocket", frames).writeTextMessage(message);
    JsonObject error = new JsonObject(frames.poll(2, TimeUnit.SECONDS));
    assertThat(error.getString("type")).isEqualTo("err");
    assertThat(error.getString("body")).isEqualTo(reason);
  }

  @Test
  void a_message_that_is_too_long_ends_the_connection() {
    WebSocket socket = connect("/eventbus/websocket", new LinkedBlockingQueue<>());
    socket.writeTextMessage("{\"type\":\"ping\",\"x\":\"" + "x".repeat(5000) + "\"}");
    await().until(socket::isClosed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/eventbus/websocket", "/eventbus/1/a/websocket"})
  void a_page_of_another_origin_gets_no_connection(String path) {
    assertThatThrownBy(() -> open(path, "http://evil.example"))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class, e -> assertThat(e.getStatus()).isEqualTo(403));
  }

  @Test
  void pages_of_this_server_and_of_the_configured_origin_are_welcome() {
    assertThat(open("/eventbus/websocket", "http://127.0.0.1:" + controller.port())).isNotNull();
    assertThat(open("/eventbus/websocket", TestController.ORIGIN)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"})
  void a_page_of_another_origin_learns_nothing_from_info_either(String origin) {
    try (RawClient raw = controller.connect()) {
      var answer = raw.send(get("/eventbus/info", "127.0.0.1", origin)).receive();
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
    }
  }

  /** A name that an attacker lets point here is his own page's origin. */
  @Test
  void a_foreign_name_for_this_address_is_not_its_own_page() {
    try (RawClient raw = controller.connect()) {
      String request = get("/eventbus/info", "evil.example:5000", "http://evil.example:5000");
      assertThat(raw.send(request).receive().status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/eventbus/",
        "/eventbus/iframe.html",
        "/eventbus/chunking_test",
        "/eventbus/1/a/xhr",
        "/eventbus/1/a/jsonp",
        "/eventbus/1/a/eventsource"
      })
  void only_websockets_are_served(String path) {
    assertThat(controller.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void one_browser_too_many_is_told_to_come_back_and_gets_the_next_place() {
    List<WebSocket> open = new ArrayList<>();
    for (int i = 0; i < Bridge.CLIENTS_MAX; i++) {
      open.add(open("/eventbus/websocket", TestController.ORIGIN));
    }
    assertThatThrownBy(() -> open("/eventbus/websocket", TestController.ORIGIN))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class, e -> assertThat(e.getStatus()).isEqualTo(503));
    open.forEach(WebSocket::close);
    await().until(() -> controller.get("/eventbus/websocket").statusCode() == 426);
    assertThat(open("/eventbus/websocket", TestController.ORIGIN)).isNotNull();
  }

  @Test
  void info_says_so_too() {
    assertThat(controller.get("/eventbus/info").body()).contains("\"websocket\":true");
  }

  @Test
  void the_head_of_info_is_that_of_its_answer() {
    try (RawClient raw = controller.connect()) {
      var answer =
          raw.send("HEAD /eventbus/info HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").receive(false);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type"))
          .isEqualTo(controller.get("/eventbus/info").headers().firstValue("Content-Type").get());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/eventbus/websocket?%",
        "/eventbus/1/2/websocket?a=%f",
        "/eventbus/info?%ff",
        "/eventbus/info?%"
      })
  void a_query_that_cannot_be_read_is_refused(String path) {
    try (RawClient raw = controller.connect()) {
      String handshake =
          get(path, "127.0.0.1", TestController.ORIGIN)
              .replace("Host:", "Connection: Upgrade\r\nUpgrade: websocket\r\nHost:");
      var answer = raw.send(handshake).receive();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().getString("code")).isEqualTo("malformed_parameter");
    }
  }

  /** A client that is between two requests would be cut off after a second here. */
  @Test
  void a_browser_may_watch_for_longer_than_a_connection_may_rest() {
    BlockingQueue<JsonObject> received = register("/eventbus/websocket");
    await().until(() -> received.size() >= 4);
  }

  private boolean awaitStatus(BlockingQueue<JsonObject> received, String status)
      throws InterruptedException {
    for (JsonObject one = received.poll(2, TimeUnit.SECONDS);
        one != null;
        one = received.poll(2, TimeUnit.SECONDS)) {
      JsonArray workers = one.getJsonObject("body").getJsonArray("workers");
      if (workers.getJsonObject(0).getString("status").equals(status)) {
        return true;
      }
    }
    return false;
  }

  private BlockingQueue<JsonObject> register(String path) {
    BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    WebSocket socket = open(path, TestController.ORIGIN);
    socket.textMessageHandler(text -> received.add(new JsonObject(text)));
    socket.writeTextMessage(REGISTER);
    return received;
  }

  private WebSocket connect(String path, BlockingQueue<String> frames) {
    WebSocketConnectOptions options = options(path, TestController.ORIGIN);
    return TestController.await(
        client.connect(options).map(socket -> socket.textMessageHandler(frames::add)));
  }

  private WebSocket open(String path, String origin) {
    return TestController.await(client.connect(options(path, origin)));
  }

  private WebSocketConnectOptions options(String path, String origin) {
    return new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(controller.port())
        .setURI(path)
        .setHeaders(MultiMap.caseInsensitiveMultiMap().add("Origin", origin));
  }

  private static String get(String path, String host, String origin) {
    return "GET %s HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\n\r\n".formatted(path, host, origin);
  }
}
