package dev.rondo.config;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.record.Bytes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A cluster state as it is kept on disk: JSON, so that a person can read it. */
public final class StateDocument {

  /** The name under which it is kept. */
  public static final String NAME = "cluster.state";

  private StateDocument() {}

  /** The state as text. */
  public static Bytes encode(ClusterState state) {
    JsonArray members = new JsonArray();
    for (Member member : state.members()) {
      members.add(
          new JsonObject()
              .put("id", member.id())
              .put("host", member.host())
              .put("httpPort", member.httpPort())
              .put("grpcPort", member.grpcPort()));
    }
    JsonObject document =
        quorums(state.quorums())
            .put("epoch", state.epoch())
            .put("vnodes", state.vnodes())
            .put("members", members);
    Quorums former = state.former();
    if (former != null) {
      document.put("former", quorums(former));
    }
    return Bytes.utf8(document.encode());
  }

  /** Fails with a message for a person when the note cannot be read. */
  public static ClusterState decode(Bytes note) {
    try {
      JsonObject json = new JsonObject(note.toUtf8());
      List<Member> members =
          json.getJsonArray("members").stream()
              .map(JsonObject.class::cast)
              .map(StateDocument::member)
              .toList();
      JsonObject former = json.getJsonObject("former");
      return new ClusterState(
          json.getLong("epoch"),
          json.getInteger("vnodes"),
          quorums(json),
          former == null ? null : quorums(former),
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

  private static JsonObject quorums(Quorums quorums) {
    return new JsonObject()
        .put("replicationFactor", quorums.replicationFactor())
        .put("writeQuorum", quorums.writeQuorum())
        .put("readQuorum", quorums.readQuorum());
  }

  private static Quorums quorums(JsonObject json) {
    return new Quorums(
        json.getInteger("replicationFactor"),
        json.getInteger("writeQuorum"),
        json.getInteger("readQuorum"));
  }
}
