package dev.rondo.config;

import dev.rondo.core.member.Member;
import java.util.List;

/** What must hold between settings of different groups. */
final class Consistency {

  private Consistency() {}

  static void check(NodeConfig config) {
    supervisedAreMembers(config);
    if (config.role() == Role.WORKER) {
      portsAreWhereMembersSay(config);
    } else if (config.supervisor().workers() > 0) {
      supervisedFindTheController(config);
      supervisedLiveHere(config);
    }
    placesDiffer(config);
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

  /** They are told these ports before the controller has any. */
  private static void supervisedFindTheController(NodeConfig config) {
    String allowed = "1 to 65535, for the workers that it supervises have to know it";
    Check.that(config.http().port() != 0, "http.port", 0, allowed);
    Check.that(config.grpc().port() != 0, "grpc.port", 0, allowed);
  }

  /** A process that is started here cannot listen on another machine. */
  private static void supervisedLiveHere(NodeConfig config) {
    int workers = config.supervisor().workers();
    for (Member member : config.ring().members()) {
      Check.that(
          member.id() >= workers
              || member.host().equalsIgnoreCase(config.host())
              || Hosts.isHere(member.host()),
          "supervisor.workers",
          workers,
          "workers of this machine; members has %s at %s".formatted(member.name(), member.host()));
    }
  }

  /** Peers and clients go where the members say, so the worker has to listen there. */
  private static void portsAreWhereMembersSay(NodeConfig config) {
    for (Member member : config.ring().members()) {
      if (member.id() == config.id()) {
        same("http.port", config.http().port(), member.httpPort(), member);
        same("grpc.port", config.grpc().port(), member.grpcPort(), member);
      }
    }
  }

  private static void same(String key, int port, int listed, Member member) {
    Check.that(port == listed, key, port, listed + ", where members has " + member.name());
  }

  /** This node's own ports, those of all members, and those that supervised workers will get. */
  private static void placesDiffer(NodeConfig config) {
    Places places = new Places();
    List<Member> members = config.ring().members();
    if (config.role() == Role.CONTROLLER || !isListed(config)) {
      places.take("http.port", config.host(), config.http().port());
      places.take("grpc.port", config.host(), config.grpc().port());
    }
    places.take("membership.port", config.host(), config.membership().port());
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      places.take("members[" + i + "].httpPort", member.host(), member.httpPort());
      places.take("members[" + i + "].grpcPort", member.host(), member.grpcPort());
    }
    int workers = config.role() == Role.CONTROLLER ? config.supervisor().workers() : 0;
    int membership = config.membership().port();
    Check.range("membership.port", membership, 1, 65535 - workers);
    members.stream()
        .filter(member -> member.id() < workers)
        .forEach(
            member ->
                places.take(
                    "membership.port of " + member.name(),
                    member.host(),
                    Ports.ofWorker(membership, member.id())));
  }

  private static boolean isListed(NodeConfig config) {
    return config.ring().members().stream().anyMatch(member -> member.id() == config.id());
  }
}
