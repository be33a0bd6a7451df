package dev.rondo.core.member;

import java.util.Comparator;
import java.util.List;

/**
 * What the cluster agreed on: one immutable value with an epoch. A higher epoch replaces a lower
 * one; two states of one epoch are the same.
 *
 * @param epoch counts the changes, from 1
 * @param vnodes virtual nodes a worker
 * @param members in order of id; a worker that is down is still one
 */
public record ClusterState(long epoch, int vnodes, Quorums quorums, List<Member> members) {

  public ClusterState {
    members = members.stream().sorted(Comparator.comparingInt(Member::id)).toList();
    if (members.stream().mapToInt(Member::id).distinct().count() != members.size()) {
      throw new IllegalArgumentException("two members have the same id");
    }
    if (quorums.replicationFactor() > members.size()) {
      throw new IllegalArgumentException(
          "replicationFactor is %d, but there are only %d members"
              .formatted(quorums.replicationFactor(), members.size()));
    }
    if (vnodes < 1 || vnodes > 1024) {
      throw new IllegalArgumentException("vnodes is " + vnodes + ", allowed are 1 to 1024");
    }
  }
}
