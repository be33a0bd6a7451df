package dev.rondo.replication;

import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.version.Version;
import dev.rondo.proto.Hello;
import dev.rondo.proto.HelloAnswer;
import dev.rondo.proto.HelloAnswer.Refusal;
import dev.rondo.proto.PullRequest;
import dev.rondo.wire.Quoted;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides who may talk to this worker. */
final class Admission {

  private static final Logger log = LoggerFactory.getLogger(Admission.class);

  /** More different refusals than this are not reported one by one. */
  private static final int REPORTS_MAX = 100;

  private final NodeConfig config;
  private final Set<String> reported = new HashSet<>();
  private @Nullable Topology topology;

  Admission(NodeConfig config) {
    this.config = config;
  }

  void follow(Topology newer) {
    topology = newer;
  }

  /** The refusal of a caller; empty when it is welcome. */
  Optional<HelloAnswer> refusal(Hello hello) {
    if (hello.getCallee() != config.id()) {
      return refuse(
          hello.getWorker(),
          Refusal.WRONG_WORKER,
          "this is worker %d, not %d".formatted(config.id(), hello.getCallee()));
    }
    return refusal(hello.getCluster(), hello.getProtocol(), hello.getWorker());
  }

  /** The refusal of a worker that wants its data back; empty when it may have it. */
  Optional<HelloAnswer> refusal(PullRequest request) {
    return refusal(request.getCluster(), request.getProtocol(), request.getWorker());
  }

  /** The refusal of a worker with any other call; empty when it is welcome. */
  Optional<HelloAnswer> refusal(String cluster, int protocol, int worker) {
    if (!cluster.equals(config.cluster())) {
      return refuse(
          worker,
          Refusal.WRONG_CLUSTER,
          "this is cluster '%s', not '%s'".formatted(config.cluster(), Quoted.line(cluster)));
    }
    if (protocol != Transport.PROTOCOL) {
      return refuse(
          worker,
          Refusal.WRONG_PROTOCOL,
          "this worker speaks version %d, not %d".formatted(Transport.PROTOCOL, protocol));
    }
    if (worker == config.id() || topology == null || topology.member(worker).isEmpty()) {
      return refuse(worker, Refusal.NOT_A_MEMBER, "worker " + worker + " is no other member");
    }
    return Optional.empty();
  }

  private Optional<HelloAnswer> refuse(int worker, Refusal refusal, String detail) {
    if (reported.size() < REPORTS_MAX && reported.add(worker + " " + detail)) {
      log.warn("Refused a call worker={} reason={} detail={}", worker, refusal, detail);
    }
    return Optional.of(HelloAnswer.newBuilder().setRefusal(refusal).setDetail(detail).build());
  }

  /** The welcome of a caller whose store was known under this id. */
  static HelloAnswer welcome(Bytes knownStore, PeerClocks own, Version lastSeen) {
    return HelloAnswer.newBuilder()
        .setKnownStoreId(Wire.bytes(knownStore))
        .setWallMillis(own.wallMillis())
        .setTimeMillis(own.timeMillis())
        .setAgreed(own.agreed())
        .setLastSeen(lastSeen.timestamp())
        .build();
  }
}
