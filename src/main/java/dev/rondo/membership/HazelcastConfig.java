package dev.rondo.membership;

import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.config.NetworkConfig;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.Role;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * How Hazelcast is set up: for membership only, found by addresses that are configured, quick to
 * notice that a process has gone.
 */
final class HazelcastConfig {

  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.logging.type", "slf4j"),
          Map.entry("hazelcast.phone.home.enabled", "false"),
          Map.entry("hazelcast.shutdownhook.enabled", "false"),
          Map.entry("hazelcast.socket.bind.any", "false"),
          // A node that starts waits for nobody and holds next to no data.
          Map.entry("hazelcast.wait.seconds.before.join", "0"),
          Map.entry("hazelcast.partition.count", "11"),
          // A broken connection is a dead process within a tenth of a second ...
          Map.entry("hazelcast.connection.monitor.interval", "20"),
          Map.entry("hazelcast.connection.monitor.max.faults", "1"),
          // ... and silence is one after five; below that, innocent nodes were expelled too.
          Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
          Map.entry("hazelcast.max.no.heartbeat.seconds", "5"),
          // Whoever succeeds the oldest member asks all others first, and admits nobody meanwhile.
          Map.entry("hazelcast.mastership.claim.timeout.seconds", "5"),
          Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
          // It carries a few messages a second: few threads, less memory.
          Map.entry("hazelcast.io.thread.count", "1"),
          Map.entry("hazelcast.event.thread.count", "1"),
          Map.entry("hazelcast.operation.thread.count", "2"),
          Map.entry("hazelcast.operation.generic.thread.count", "2"));

  private HazelcastConfig() {}

  /** For one stay among the members, which {@code listener} follows from the beginning. */
  static Config of(NodeConfig config, MembershipListener listener) throws UnknownHostException {
    Config hazelcast = new Config();
    hazelcast.setClusterName(config.cluster());
    hazelcast.setInstanceName(config.folder().getFileName() + "-" + UUID.randomUUID());
    PROPERTIES.forEach(hazelcast::setProperty);
    hazelcast.getMetricsConfig().setEnabled(false);
    hazelcast.addListenerConfig(new ListenerConfig(listener));
    hazelcast
        .getMemberAttributeConfig()
        .setAttribute("__vertx.nodeId", UUID.randomUUID().toString())
        .setAttribute(WorkerListener.ROLE, config.role().name().toLowerCase(Locale.ROOT));
    if (config.role() == Role.WORKER) {
      hazelcast
          .getMemberAttributeConfig()
          .setAttribute(WorkerListener.ID, String.valueOf(config.id()));
    }
    vertxMaps(hazelcast);
    network(hazelcast.getNetworkConfig(), config);
    return hazelcast;
  }

  /** What Vert.x's own set-up of Hazelcast says about its maps. */
  private static void vertxMaps(Config hazelcast) {
    hazelcast.getMultiMapConfig("__vertx.subs").setBackupCount(1).setValueCollectionType("SET");
    for (String map : List.of("__vertx.haInfo", "__vertx.nodeInfo")) {
      hazelcast.getMapConfig(map).setBackupCount(1);
    }
  }

  private static void network(NetworkConfig network, NodeConfig config)
      throws UnknownHostException {
    network.setPort(config.membership().port()).setPortAutoIncrement(false);
    network
        .getInterfaces()
        .setEnabled(true)
        .addInterface(InetAddress.getByName(config.host()).getHostAddress());
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig()
        .setEnabled(true)
        .setConnectionTimeoutSeconds(3)
        .setMembers(config.membership().seeds());
  }
}
