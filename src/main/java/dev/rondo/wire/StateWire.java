package dev.rondo.wire;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.proto.MemberAddress;
import dev.rondo.proto.QuorumSettings;
import dev.rondo.proto.State;
import java.util.Optional;

/** A cluster state on its way between nodes. */
public final class StateWire {

  private StateWire() {}

  public static State of(ClusterState state) {
    State.Builder message =
        State.newBuilder()
            .setEpoch(state.epoch())
            .setVnodes(state.vnodes())
            .setQuorums(quorums(state.quorums()));
    Quorums former = state.former();
    if (former != null) {
      message.setFormer(quorums(former));
    }
    for (Member member : state.members()) {
      message.addMembers(
          MemberAddress.newBuilder()
              .setId(member.id())
              .setHost(member.host())
              .setHttpPort(member.httpPort())
              .setGrpcPort(member.grpcPort()));
    }
    return message.build();
  }

  /**
   * The state that was sent; empty where none was. Fails with {@link IllegalArgumentException} when
   * what was sent is impossible.
   */
  public static Optional<ClusterState> read(State message) {
    if (message.getEpoch() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new ClusterState(
            message.getEpoch(),
            message.getVnodes(),
            quorums(message.getQuorums()),
            message.hasFormer() ? quorums(message.getFormer()) : null,
            message.getMembersList().stream().map(StateWire::member).toList()));
  }

  private static QuorumSettings quorums(Quorums quorums) {
    return QuorumSettings.newBuilder()
        .setReplicationFactor(quorums.replicationFactor())
        .setWriteQuorum(quorums.writeQuorum())
        .setReadQuorum(quorums.readQuorum())
        .build();
  }

  private static Quorums quorums(QuorumSettings message) {
    return new Quorums(
        message.getReplicationFactor(), message.getWriteQuorum(), message.getReadQuorum());
  }

  private static Member member(MemberAddress message) {
    return new Member(
        message.getId(), message.getHost(), message.getHttpPort(), message.getGrpcPort());
  }
}
