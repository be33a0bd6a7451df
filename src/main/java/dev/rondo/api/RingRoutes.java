package dev.rondo.api;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Locating.Condition;
import dev.rondo.bus.Locating.Locate;
import dev.rondo.bus.Locating.Located;
import dev.rondo.bus.Locating.Place;
import dev.rondo.bus.Reachability;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import dev.rondo.core.ring.Position;
import dev.rondo.http.Answers;
import dev.rondo.http.Methods;
import dev.rondo.http.Query;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /ring} and {@code /ring/keys/{key}}: the members, and where a key lives. */
final class RingRoutes {

  static final String KEYS_PREFIX = "/ring/keys/";

  private final int self;
  private final Views views;
  private final Answers answers;
  private final Methods methods;

  RingRoutes(int self, Views views, Answers answers, Methods methods) {
    this.self = self;
    this.views = views;
    this.answers = answers;
    this.methods = methods;
  }

  /** Adds {@code /ring}; {@link #key} is not for a router, which would change the key. */
  void mount(Router router) {
    methods.view(router, "/ring", this::ring);
  }

  /** Handles a request whose path starts with {@link #KEYS_PREFIX}. */
  void key(HttpServerRequest request, Target target) {
    methods.view(
        request,
        read -> {
          Key key = KeyPath.parse(target.path(), KEYS_PREFIX);
          Query.parse(target.query(), Set.of());
          answers.when(
              request,
              views.ask(Addresses.LOCATE, new Locate(key)),
              located -> answers.json(request, json(key, located)));
        });
  }

  private void ring(HttpServerRequest request) {
    Query.parse(Target.of(request.uri()).query(), Set.of());
    Future<Topology> topology = views.topology();
    Future<Reachability> reachability = views.reachability().otherwise(new Reachability(Set.of()));
    answers.when(
        request,
        Future.all(topology, reachability)
            .map(both -> json(topology.result(), reachability.result())),
        json -> answers.json(request, json));
  }

  private JsonObject json(Topology topology, Reachability reachability) {
    Map<Integer, Double> shares = topology.ring().shares();
    JsonArray members = new JsonArray();
    for (Member member : topology.state().members()) {
      members.add(
          new JsonObject()
              .put("id", member.id())
              .put("share", shares.getOrDefault(member.id(), 0.0))
              .put("name", member.name())
              .put("url", member.url())
              .put("status", status(member.id(), reachability)));
    }
    JsonObject ring =
        new JsonObject()
            .put("epoch", topology.state().epoch())
            .put("vnodes", topology.state().vnodes());
    put(ring, topology.quorums());
    Quorums former = topology.state().former();
    if (former != null) {
      ring.put("former", put(new JsonObject(), former));
    }
    return ring.put("members", members);
  }

  private static JsonObject put(JsonObject json, Quorums quorums) {
    return json.put("replicationFactor", quorums.replicationFactor())
        .put("writeQuorum", quorums.writeQuorum())
        .put("readQuorum", quorums.readQuorum());
  }

  private static JsonObject json(Key key, Located located) {
    return new JsonObject()
        .put("key", key.toString())
        .put("position", Position.toLong(key.position()))
        .put("owners", places(located.owners()))
        .put("standIns", places(located.standIns()));
  }

  private static JsonArray places(List<Place> places) {
    JsonArray array = new JsonArray();
    for (Place place : places) {
      array.add(
          new JsonObject()
              .put("id", place.worker())
              .put("status", place.condition().name())
              .put("version", place.version().exists() ? place.version().toString() : null));
    }
    return array;
  }

  private String status(int worker, Reachability reachability) {
    boolean recovering = worker != self && reachability.isRecovering(worker);
    boolean online = worker == self || reachability.isReachable(worker);
    Condition condition = recovering ? Condition.RECOVERING : Condition.ONLINE;
    return (online ? condition : Condition.OFFLINE).name();
  }
}
