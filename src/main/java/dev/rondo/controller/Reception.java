package dev.rondo.controller;

import dev.rondo.bus.Roster;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.proto.Registration;
import dev.rondo.wire.Quoted;
import dev.rondo.wire.StateWire;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides who is let in. */
final class Reception {

  /** The version of the conversation in {@code controller.proto}. */
  private static final int PROTOCOL = 1;

  /** Names and addresses of hosts; the length is that of DNS, RFC 1035. */
  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._:%\\[\\]-]{1,253}");

  private final NodeConfig config;
  private final Committed committed;
  private final Workers workers;

  Reception(NodeConfig config, Committed committed, Workers workers) {
    this.config = config;
    this.committed = committed;
    this.workers = workers;
  }

  /** Why the worker is refused, for a person to read; empty when it is welcome. */
  Optional<String> refusal(Registration words) {
    if (!words.getCluster().equals(config.cluster())) {
      return Optional.of(
          "this is the controller of cluster '%s', the worker belongs to '%s'"
              .formatted(config.cluster(), Quoted.line(words.getCluster())));
    }
    if (words.getProtocol() != PROTOCOL) {
      return Optional.of(
          "the controller speaks protocol %d, the worker %d"
              .formatted(PROTOCOL, words.getProtocol()));
    }
    int worker = words.getWorker();
    if (worker < 0 || worker > Member.ID_MAX) {
      return Optional.of("worker ids are 0 to " + Member.ID_MAX);
    }
    if (!HOST.matcher(words.getHost()).matches()) {
      return Optional.of(
          "'%s' is neither the name nor the address of a host"
              .formatted(Quoted.line(words.getHost())));
    }
    return doubts(words);
  }

  private Optional<String> doubts(Registration words) {
    Optional<ClusterState> state = StateWire.read(words.getState());
    if (state.filter(committed::contradicts).isPresent()) {
      return Optional.of(
          "it works by another state of epoch %d than the cluster; it needs the same members and"
                  .formatted(state.get().epoch())
              + " ring settings, or to start with an empty data folder");
    }
    Roster.Running process = ReportWire.running(words);
    if (workers.isTaken(words.getWorker(), process)) {
      return Optional.of("another process is Worker " + words.getWorker() + " already");
    }
    return newest(state).members().stream()
        .filter(member -> member.id() == words.getWorker())
        .filter(member -> !listensThere(words, member))
        .findFirst()
        .map(
            member ->
                "the cluster has %s at http port %d and gRPC port %d, it listens at %d and %d"
                    .formatted(
                        member.name(),
                        member.httpPort(),
                        member.grpcPort(),
                        words.getHttpPort(),
                        words.getGrpcPort()));
  }

  private ClusterState newest(Optional<ClusterState> theirs) {
    return theirs
        .filter(state -> state.epoch() > committed.state().epoch())
        .orElse(committed.state());
  }

  /** A port 0 is one that the system picked. */
  private static boolean listensThere(Registration words, Member member) {
    return (words.getHttpPort() == 0 || words.getHttpPort() == member.httpPort())
        && (words.getGrpcPort() == 0 || words.getGrpcPort() == member.grpcPort());
  }
}
