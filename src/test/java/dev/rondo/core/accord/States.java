package dev.rondo.core.accord;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import java.util.List;
import java.util.stream.IntStream;

/** Cluster states that differ in their replication factor. */
final class States {

  private static final List<Member> MEMBERS =
      IntStream.range(0, 5).mapToObj(id -> new Member(id, "host", 1, 2)).toList();

  private States() {}

  static ClusterState of(long epoch, int copies) {
    return new ClusterState(epoch, 10, new Quorums(copies, 1, 1), MEMBERS);
  }
}
