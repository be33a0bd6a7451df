package dev.rondo.heartbeat;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.record.Bytes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A cluster state as it is kept in the storage: JSON, so that a person can read it. */
final class StateNote {

  /** The name under which it is kept. */
  static final String NAME = "cluster.state";

  private StateNote() {}

  static Bytes encode(ClusterState state) {
    JsonArray members = new JsonArray();
    for (Member member : state.members()) {
      members.add(
          new JsonObject()
              .put("id", member.id())
              .put("host", member.host())
              .put("httpPort", member.httpPort())
              .put("grpcPort", member.grpcPort()));
    }
    Quorums quorums = state.quorums();
    return Bytes.utf8(
        new JsonObject()
            .put("epoch", state.epoch())
            .put("vnodes", state.vnodes())
            .put("replicationFactor", quorums.replicationFactor())
            .put("writeQuorum", quorums.writeQuorum())
            .put("readQuorum", quorums.readQuorum())
            .put("members", members)
            .encode());
  }

  /** Fails with a message for a person when the note cannot be read. */
  static ClusterState decode(Bytes note) {
    try {
      JsonObject json = new JsonObject(note.toUtf8());
      List<Member> members =
          json.getJsonArray("members").stream()
              .map(JsonObject.class::cast)
              .map(StateNote::member)
              .toList();
      return new ClusterState(
          json.getLong("epoch"),
          json.getInteger("vnodes"),
          new Quorums(
              json.getInteger("replicationFactor"),
              json.getInteger("writeQuorum"),
              json.getInteger("readQuorum")),
          members);
    } catch (RuntimeException e) {
      throw new IllegalStateException("the stored " + NAME + " cannot be read: " + e, e);
    }
  }

  private static Member member(JsonObject json) {
    return new Member(
        json.getInteger("id"),
        json.getString("host"),
        json.getInteger("httpPort"),
        json.getInteger("grpcPort"));
  }
}
