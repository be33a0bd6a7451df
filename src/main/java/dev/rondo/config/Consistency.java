package dev.rondo.config;

import dev.rondo.core.member.Member;

/** What must hold between settings of different groups. */
final class Consistency {

  private Consistency() {}

  static void check(NodeConfig config) {
    portsDiffer(config);
    supervisedAreMembers(config);
    if (config.role() == Role.WORKER) {
      portsAreWhereMembersSay(config);
    }
  }

  private static void portsDiffer(NodeConfig config) {
    int http = config.http().port();
    int grpc = config.grpc().port();
    int membership = config.membership().port();
    Check.that(http == 0 || http != grpc, "grpc.port", grpc, "another one than http.port");
    Check.that(
        membership != http && membership != grpc,
        "membership.port",
        membership,
        "another one than http.port and grpc.port");
  }

  private static void supervisedAreMembers(NodeConfig config) {
    int workers = config.supervisor().workers();
    for (int id = 0; id < workers; id++) {
      int worker = id;
      Check.that(
          config.ring().members().stream().anyMatch(member -> member.id() == worker),
          "supervisor.workers",
          workers,
          "ids that are listed in members; " + worker + " is not");
    }
  }

  /** Peers and clients go where the members say, so the worker has to listen there. */
  private static void portsAreWhereMembersSay(NodeConfig config) {
    for (Member member : config.ring().members()) {
      if (member.id() == config.id()) {
        sameOrFree("http.port", config.http().port(), member.httpPort(), member);
        sameOrFree("grpc.port", config.grpc().port(), member.grpcPort(), member);
      }
    }
  }

  private static void sameOrFree(String key, int port, int listed, Member member) {
    Check.that(
        port == 0 || port == listed, key, port, listed + ", where members has " + member.name());
  }
}
