package dev.rondo;

import dev.rondo.api.ApiVerticle;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.Role;
import dev.rondo.controller.HeadStart;
import dev.rondo.controller.RegistryVerticle;
import dev.rondo.controller.SupervisorVerticle;
import dev.rondo.controller.journal.JournalVerticle;
import dev.rondo.controller.web.WebVerticle;
import dev.rondo.heartbeat.HeartbeatVerticle;
import dev.rondo.http.ClientSockets;
import dev.rondo.http.Listening;
import dev.rondo.membership.HazelcastMembership;
import dev.rondo.persistence.PersistenceVerticle;
import dev.rondo.replication.ReplicationVerticle;
import dev.rondo.router.RouterVerticle;
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
    NodeConfig config = ground.config();
    var bus = ground.bus();
    var meters = ground.meters();
    var membership = new HazelcastMembership(ground.hazelcast());
    Vault vault = new Vault();
    ClientSockets clients = new ClientSockets(config);
    return List.of(
        new Part("vault", 1, () -> vault),
        new Part("persistence", 1, () -> new PersistenceVerticle(config, bus, meters, vault)),
        new Part("heartbeat", 1, () -> new HeartbeatVerticle(config, bus, meters, membership)),
        new Part("replication", 1, () -> new ReplicationVerticle(config, bus, meters)),
        new Part("router", 1, () -> new RouterVerticle(config, bus, meters)),
        new Part("api", clients.shares(), () -> new ApiVerticle(config, bus, meters, clients)),
        new Part("rest", 1, () -> new Listening(clients)));
  }

  private static List<Part> controller(Ground ground, HeadStart headStart) {
    NodeConfig config = ground.config();
    var bus = ground.bus();
    var membership = new HazelcastMembership(ground.hazelcast());
    return List.of(
        new Part("journal", 1, () -> new JournalVerticle(config, bus)),
        new Part("registry", 1, () -> new RegistryVerticle(config, bus, membership)),
        new Part("web", 1, () -> new WebVerticle(config, bus, ground.meters())),
        new Part("supervisor", 1, () -> new SupervisorVerticle(config, bus, headStart)));
  }
}
