package dev.rondo.config;

import dev.rondo.core.member.Member;
import java.util.List;

/** The configuration of a worker that a controller starts, which follows from the controller's. */
public final class SupervisedWorker {

  private SupervisedWorker() {}

  /**
   * The controller's settings, at the worker's own ports. Unless event loops are configured, the
   * workers share the cores.
   */
  public static NodeConfig of(NodeConfig controller, int id, int cores) {
    Member member =
        controller.ring().members().stream()
            .filter(one -> one.id() == id)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("worker " + id + " is no member"));
    return new NodeConfig(
        Role.WORKER,
        id,
        controller.cluster(),
        member.host(),
        controller.data().toAbsolutePath(),
        http(controller, member, cores),
        new GrpcConfig(member.grpcPort(), controller.grpc().queueMax()),
        controller.controller(),
        new MembershipConfig(
            Ports.ofWorker(controller.membership().port(), id), controller.membership().seeds()),
        controller.ring(),
        controller.storage(),
        controller.hints(),
        controller.clock(),
        controller.timeouts(),
        new SupervisorConfig(0, List.of()),
        controller.repair(),
        redeploy(controller.redeploy()));
  }

  private static RedeployConfig redeploy(RedeployConfig redeploy) {
    return new RedeployConfig(
        redeploy.jarDirectory().toAbsolutePath(), redeploy.readySeconds(), redeploy.drainSeconds());
  }

  private static HttpConfig http(NodeConfig controller, Member member, int cores) {
    HttpConfig http = controller.http();
    int share = Math.max(1, cores / Math.max(1, controller.supervisor().workers()));
    return new HttpConfig(
        member.httpPort(),
        http.instances() == 0 ? share : http.instances(),
        http.valueBytesMax(),
        http.connectionsMax(),
        http.idleSeconds(),
        http.corsOrigin());
  }
}
