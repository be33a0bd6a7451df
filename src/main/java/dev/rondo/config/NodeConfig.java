package dev.rondo.config;

import dev.rondo.core.member.Member;
import java.nio.file.Path;

/**
 * Everything that one node is told at its start.
 *
 * @param id of the worker; 0 for a controller
 * @param cluster the name that all nodes of a cluster share
 * @param host the address on which every port listens, and under which peers find this node
 * @param data the folder below which this node keeps its own folder
 */
public record NodeConfig(
    Role role,
    int id,
    String cluster,
    String host,
    Path data,
    HttpConfig http,
    GrpcConfig grpc,
    ControllerConfig controller,
    MembershipConfig membership,
    RingConfig ring,
    StorageConfig storage,
    HintsConfig hints,
    ClockConfig clock,
    Timeouts timeouts,
    SupervisorConfig supervisor,
    RepairConfig repair,
    RedeployConfig redeploy) {

  public NodeConfig {
    Check.range("id", id, 0, Member.ID_MAX);
    Check.that(
        cluster.matches("[A-Za-z0-9._-]{1,64}"),
        "cluster",
        "'" + cluster + "'",
        "1 to 64 letters, digits, dots, dashes and underscores");
    Check.host("host", host);
  }

  /** A node that repairs, and replaces verticles, as usual. */
  public NodeConfig(
      Role role,
      int id,
      String cluster,
      String host,
      Path data,
      HttpConfig http,
      GrpcConfig grpc,
      ControllerConfig controller,
      MembershipConfig membership,
      RingConfig ring,
      StorageConfig storage,
      HintsConfig hints,
      ClockConfig clock,
      Timeouts timeouts,
      SupervisorConfig supervisor) {
    this(
        role,
        id,
        cluster,
        host,
        data,
        http,
        grpc,
        controller,
        membership,
        ring,
        storage,
        hints,
        clock,
        timeouts,
        supervisor,
        RepairConfig.USUAL,
        RedeployConfig.usual(data));
  }

  /** The folder that belongs to this node alone. */
  public Path folder() {
    return data.resolve(role == Role.CONTROLLER ? "controller" : "worker-" + id);
  }

  /** What the node calls itself in its log. */
  public String title() {
    return role == Role.CONTROLLER ? "CONTROLLER" : "WORKER " + id;
  }
}
