package dev.rondo;

import dev.rondo.api.ApiVerticle;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.Role;
import dev.rondo.controller.HeadStart;
import dev.rondo.controller.RegistryVerticle;
import dev.rondo.controller.SupervisorVerticle;
import dev.rondo.controller.gateway.Gateway;
import dev.rondo.controller.journal.JournalVerticle;
import dev.rondo.controller.web.WebVerticle;
import dev.rondo.generation.Recipe;
import dev.rondo.heartbeat.HeartbeatVerticle;
import dev.rondo.http.ClientSockets;
import dev.rondo.http.InnerPort;
import dev.rondo.http.Listening;
import dev.rondo.persistence.PersistenceVerticle;
import dev.rondo.replication.ReplicationVerticle;
import dev.rondo.router.RouterVerticle;
import dev.rondo.time.NodeClock;
import dev.rondo.vault.Vault;
import java.util.List;

/** What a node is made of, from the inside out: the one place that names every verticle. */
final class Parts {

  private Parts() {}

  static List<Part> of(Ground ground, HeadStart headStart) {
    return ground.config().role() == Role.CONTROLLER
        ? controller(ground, headStart)
        : worker(ground);
  }

  private static List<Part> worker(Ground ground) {
    var meters = ground.meters();
    var membership = ground.membership();
    Vault vault = new Vault();
    NodeClock time = NodeClock.ofMachine();
    InnerPort peerPort = new InnerPort();
    ClientSockets clients = new ClientSockets(ground.config());
    return List.of(
        new Part("vault", 1, () -> vault),
        new Part(
            "persistence", 1, Recipe.replaceable(PersistenceVerticle.class, meters, vault, time)),
        new Part("heartbeat", 1, Recipe.replaceable(HeartbeatVerticle.class, meters, membership)),
        new Part("peer-port", 1, () -> peerPort),
        new Part(
            "replication",
            1,
            Recipe.replaceable(ReplicationVerticle.class, meters, peerPort, time)),
        new Part("router", 1, Recipe.replaceable(RouterVerticle.class, meters, time)),
        new Part("api", clients.shares(), Recipe.replaceable(ApiVerticle.class, meters, clients)),
        new Part("rest", 1, () -> new Listening(clients)),
        new Part("membership", 1, () -> membership));
  }

  private static List<Part> controller(Ground ground, HeadStart headStart) {
    NodeConfig config = ground.config();
    var bus = ground.bus();
    var membership = ground.membership();
    InnerPort port = new InnerPort();
    ClientSockets clients = new ClientSockets(config, WebVerticle.options(config), 1);
    return List.of(
        new Part("journal", 1, () -> new JournalVerticle(config, bus)),
        new Part("workers-port", 1, () -> port),
        new Part("registry", 1, Recipe.replaceable(RegistryVerticle.class, membership, port)),
        new Part(
            "web",
            1,
            Recipe.replaceable(WebVerticle.class, ground.meters(), clients).with(Gateway.class)),
        new Part("rest", 1, () -> new Listening(clients)),
        new Part("membership", 1, () -> membership),
        new Part("supervisor", 1, () -> new SupervisorVerticle(config, bus, headStart)));
  }
}
