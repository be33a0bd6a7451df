package dev.rondo.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Fitness;
import dev.rondo.bus.Listing;
import dev.rondo.bus.Locating;
import dev.rondo.bus.Locating.Condition;
import dev.rondo.bus.Locating.Place;
import dev.rondo.bus.PurgeObstacles;
import dev.rondo.bus.Reachability;
import dev.rondo.bus.StorageFigures;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.purge.Obstacle;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.RecordHead;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be looked at: the ring, this worker, its keys, its health, its metrics. */
class ViewsTest {
  private static Server server;

  @BeforeAll
  static void start() {
    server = new Server();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void reset() {
    server.stubs.reset();
  }

  @Test
  void the_ring_shows_members_shares_and_settings() {
    JsonObject ring = json("/ring");
    assertThat(ring.getLong("epoch")).isEqualTo(7);
    assertThat(ring.getInteger("vnodes")).isEqualTo(10);
    assertThat(ring.getInteger("replicationFactor")).isEqualTo(3);
    JsonArray members = ring.getJsonArray("members");
    assertThat(members).hasSize(4);
    assertThat(members.getJsonObject(1).getInteger("id")).isEqualTo(1);
    assertThat(members.getJsonObject(1).getString("status")).isEqualTo("ONLINE");
    assertThat(members.getJsonObject(2).getString("status")).isEqualTo("OFFLINE");
    double sum =
        IntStream.range(0, 4).mapToDouble(i -> members.getJsonObject(i).getDouble("share")).sum();
    assertThat(sum).isBetween(0.999999, 1.000001);
  }

  @Test
  void the_ring_shows_the_former_quorums_while_they_are_in_force() {
    assertThat(json("/ring").containsKey("former")).isFalse();
    ClusterState changing = server.stubs.topology.result().state().changingTo(new Quorums(2, 2, 1));
    server.stubs.topology = Future.succeededFuture(new Topology(changing));
    JsonObject ring = json("/ring");
    assertThat(ring.getInteger("replicationFactor")).isEqualTo(2);
    assertThat(ring.getJsonObject("former").encode())
        .isEqualTo("{\"replicationFactor\":3,\"writeQuorum\":2,\"readQuorum\":2}");
  }

  @Test
  void the_ring_shows_who_is_recovering() {
    server.stubs.reachability =
        Future.succeededFuture(new Reachability(Set.of(2), Set.of(2), Set.of(2, 3)));
    JsonArray members = json("/ring").getJsonArray("members");
    assertThat(members.getJsonObject(2).getString("status")).isEqualTo("OFFLINE");
    assertThat(members.getJsonObject(3).getString("status")).isEqualTo("RECOVERING");
  }

  @Test
  void without_a_topology_there_is_no_ring_to_show() {
    server.stubs.topology = Future.failedFuture("not known");
    assertThat(server.get("/ring").statusCode()).isEqualTo(503);
  }

  @Test
  void a_key_shows_its_place_and_its_workers() {
    server.stubs.locate =
        asked ->
            Future.succeededFuture(
                new Locating.Located(
                    List.of(
                        new Place(0, Condition.ONLINE, Stubs.VERSION),
                        new Place(1, Condition.OFFLINE, Version.NONE)),
                    List.of(new Place(3, Condition.RECOVERING, Version.NONE))));
    assertThat(json("/ring/keys/alpha").encode())
        .isEqualTo(
            "{\"key\":\"alpha\",\"position\":739722147,\"owners\":["
                + "{\"id\":0,\"status\":\"ONLINE\",\"version\":\""
                + Stubs.VERSION
                + "\"},{\"id\":1,\"status\":\"OFFLINE\",\"version\":null}],"
                + "\"standIns\":[{\"id\":3,\"status\":\"RECOVERING\",\"version\":null}]}");
  }

  @Test
  void a_worker_shows_itself() {
    JsonObject node = json("/node");
    assertThat(node.getInteger("id")).isZero();
    assertThat(node.getString("role")).isEqualTo("worker");
    assertThat(node.getString("status")).isEqualTo("ONLINE");
    assertThat(node.getString("version")).isNotEmpty();
    assertThat(node.getDouble("uptime")).isPositive();
    assertThat(node.getJsonArray("verticles")).contains("api", "router", "persistence");
    assertThat(node.getJsonObject("fitness").getInteger("clockOffsetMillis")).isEqualTo(-3);
    assertThat(node.getJsonObject("storage").getInteger("keys")).isEqualTo(7);
    assertThat(node.getJsonObject("hints").getInteger("total")).isEqualTo(7);
    assertThat(node.getJsonObject("hints").getJsonArray("waiting").getJsonObject(0).encode())
        .isEqualTo("{\"worker\":1,\"hints\":4}");
    assertThat(node.getJsonArray("unreachable")).containsExactly(2);
  }

  @Test
  void a_worker_says_what_its_tombstones_wait_for() {
    server.stubs.purging =
        Future.succeededFuture(
            new PurgeObstacles(Map.of(Obstacle.HINTS, 3, Obstacle.EXCHANGE, 27)));
    assertThat(json("/node").getJsonObject("tombstones").encode())
        .isEqualTo(
            "{\"count\":5,\"waiting\":"
                + "[{\"reason\":\"exchange\",\"arcs\":27},{\"reason\":\"hints\",\"arcs\":3}]}");
    server.stubs.purging = Future.failedFuture("gone");
    assertThat(json("/node").getJsonObject("tombstones").encode())
        .isEqualTo("{\"count\":5,\"waiting\":[]}");
  }

  @Test
  void a_worker_in_trouble_still_shows_itself() {
    server.stubs.storage = Future.failedFuture("gone");
    JsonObject node = json("/node");
    assertThat(node.getString("status")).isEqualTo("OFFLINE");
    assertThat(node.getValue("storage")).isNull();
  }

  @Test
  void a_worker_that_is_rebuilt_says_so() {
    server.stubs.fitness =
        Future.succeededFuture(new Fitness(true, false, true, true, true, false, 0));
    assertThat(json("/node").getString("status")).isEqualTo("RECOVERING");
    server.stubs.fitness = Future.succeededFuture(Fitness.STARTING);
    assertThat(json("/node").getString("status")).isEqualTo("JOINING");
  }

  @Test
  void keys_are_paged() throws Exception {
    server.stubs.list =
        asked ->
            Future.succeededFuture(
                new Listing.Listed(
                    List.of(item("a/\u00fc", "v", null), tombstone("b"), item("c", "w", 2)),
                    Bytes.utf8("next?")));
    JsonObject page = json("/node/keys?prefix=a%2F+&start=a&limit=3&all=true&values=true");
    Listing.Page asked = server.stubs.pages.take();
    assertThat(asked.prefix().toUtf8()).isEqualTo("a/ ");
    assertThat(asked.from().toUtf8()).isEqualTo("a");
    assertThat(asked.limit()).isEqualTo(3);
    assertThat(asked.scope()).isEqualTo(Listing.Scope.ALL);
    JsonArray items = page.getJsonArray("items");
    assertThat(items.getJsonObject(0).encode())
        .isEqualTo(
            "{\"key\":\"a/\u00fc\",\"version\":\""
                + Stubs.VERSION
                + "\",\"contentType\":\"text/plain\",\"size\":1,\"value\":\"dg==\"}");
    assertThat(items.getJsonObject(1).getBoolean("tombstone")).isTrue();
    assertThat(items.getJsonObject(2).getInteger("hintFor")).isEqualTo(2);
    json("/node/keys?prefix=a%2F+&start=a&cursor=" + page.getString("next"));
    assertThat(server.stubs.pages.take().from().toUtf8()).isEqualTo("next?");
  }

  @Test
  void the_last_page_has_no_next() throws Exception {
    JsonObject page = json("/node/keys");
    assertThat(page.encode()).isEqualTo("{\"items\":[],\"next\":null}");
    assertThat(server.stubs.pages.take())
        .isEqualTo(new Listing.Page(Bytes.EMPTY, Bytes.EMPTY, 100, Listing.Scope.LIVE, false));
  }

  @Test
  void a_page_of_large_values_is_cut_between_two_keys() {
    String large = "x".repeat(3 << 20);
    server.stubs.list =
        asked ->
            Future.succeededFuture(
                new Listing.Listed(
                    List.of(item("a", large, null), item("a", large, 1), item("b", large, null)),
                    null));
    JsonObject page = json("/node/keys?values=true&all=true");
    assertThat(page.getJsonArray("items")).hasSize(2);
    assertThat(Cursor.decode(page.getString("next")).toUtf8()).isEqualTo("b");
    server.stubs.list =
        asked ->
            Future.succeededFuture(
                new Listing.Listed(List.of(head("a", null), head("a", 1), head("b", null)), null));
    assertThat(json("/node/keys?all=true").getJsonArray("items")).hasSize(3);
  }

  @Test
  void a_healthy_worker_is_live_and_ready() {
    assertThat(json("/health/live").getString("status")).isEqualTo("UP");
    assertThat(json("/health/ready").getJsonArray("checks")).hasSize(4);
  }

  @Test
  void a_worker_without_its_storage_is_live_but_not_ready() {
    server.stubs.storage =
        Future.succeededFuture(
            new StorageFigures(
                StorageFigures.Health.FAILED, 0, 0, 0, 0, Map.of(), 0, 0, null, List.of()));
    HttpResponse<String> ready = server.get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(ready.body()).getString("status")).isEqualTo("DOWN");
    assertThat(ready.body()).contains("{\"id\":\"storage\",\"status\":\"DOWN\"}");
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void a_worker_that_is_not_identified_is_not_ready() {
    server.stubs.fitness = Future.succeededFuture(Fitness.STARTING);
    assertThat(server.get("/health/ready").body())
        .contains("{\"id\":\"identified\",\"status\":\"DOWN\"}");
  }

  @Test
  void a_worker_without_its_peers_or_its_ring_is_not_ready() {
    server.stubs.reachability = Future.failedFuture("gone");
    assertThat(server.get("/health/ready").body())
        .contains("{\"id\":\"grpc\",\"status\":\"DOWN\"}");
    server.stubs.topology = Future.failedFuture("gone");
    assertThat(server.get("/health/ready").body())
        .contains("{\"id\":\"topology\",\"status\":\"DOWN\"}");
  }

  @Test
  void requests_are_timed_by_method_and_outcome() {
    server.put("/kv/k", "v");
    server.get("/kv/k");
    String metrics = server.get("/metrics").body();
    assertThat(metrics)
        .containsPattern(
            "rondo_http_requests_seconds_count\\{method=\"put\",outcome=\"success\"} [1-9]")
        .containsPattern(
            "rondo_http_requests_seconds_count\\{method=\"get\",outcome=\"not_found\"} [1-9]")
        .contains(
            "rondo_http_requests_seconds_bucket{method=\"put\",outcome=\"success\",le=\"0.001\"}");
  }

  @Test
  void options_name_the_methods() {
    HttpResponse<String> answer =
        server.send(server.request("/node").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
  }

  @Test
  void a_wrong_method_is_told_the_right_ones() {
    HttpResponse<String> answer =
        server.send(server.request("/kv/k").POST(HttpRequest.BodyPublishers.ofString("x")));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, PUT, DELETE, OPTIONS");
  }

  private static JsonObject json(String path) {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    return new JsonObject(answer.body());
  }

  private static Listing.Item item(String key, String value, Integer hintFor) {
    Key of = Key.of(key);
    StoredRecord record = StoredRecord.live(of, Stubs.VERSION, "text/plain", Bytes.utf8(value));
    return Listing.Item.of(of, record, true, hintFor);
  }

  private static Listing.Item head(String key, Integer hintFor) {
    RecordHead head = new RecordHead(Stubs.VERSION, false, "", 3 << 20);
    return new Listing.Item(Key.of(key), head, null, hintFor);
  }

  private static Listing.Item tombstone(String key) {
    return Listing.Item.of(
        Key.of(key), StoredRecord.tombstone(Key.of(key), Stubs.VERSION), true, null);
  }
}
