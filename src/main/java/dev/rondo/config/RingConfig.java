package dev.rondo.config;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import java.util.List;

/**
 * The cluster as it is set up; a worker that has a persisted state of its own keeps that.
 *
 * @param vnodes virtual nodes a worker
 * @param members every worker of the cluster and where it listens
 */
public record RingConfig(
    int vnodes, int replicationFactor, int writeQuorum, int readQuorum, List<Member> members) {

  public RingConfig {
    members = List.copyOf(members);
    Check.range("ring.vnodes", vnodes, 1, 1024);
    Check.range("ring.replicationFactor", replicationFactor, 1, Math.max(1, members.size()));
    Check.range("ring.writeQuorum", writeQuorum, 1, replicationFactor);
    Check.range("ring.readQuorum", readQuorum, 1, replicationFactor);
  }

  /** The first state of a new cluster. */
  public ClusterState firstState() {
    return new ClusterState(
        1, vnodes, new Quorums(replicationFactor, writeQuorum, readQuorum), members);
  }
}
