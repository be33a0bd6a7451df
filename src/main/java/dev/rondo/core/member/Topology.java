package dev.rondo.core.member;

import dev.rondo.core.record.Key;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.ring.Ring;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A cluster state with the ring that follows from it. */
public final class Topology {

  private final ClusterState state;
  private final Map<Integer, Member> members;
  private final Ring ring;

  public Topology(ClusterState state) {
    this.state = state;
    this.members =
        state.members().stream().collect(Collectors.toMap(Member::id, Function.identity()));
    this.ring = Ring.of(members.keySet(), state.vnodes());
  }

  /** What the ring was made from. */
  public ClusterState state() {
    return state;
  }

  /** The ring of all members. */
  public Ring ring() {
    return ring;
  }

  /** The quorums that clients are told about. */
  public Quorums quorums() {
    return state.quorums();
  }

  /** The member with this id, if there is one. */
  public Optional<Member> member(int id) {
    return Optional.ofNullable(members.get(id));
  }

  /** All workers as they are met from the key's place on. */
  public PreferenceList preferenceList(Key key) {
    return ring.preferenceList(key.position());
  }

  /** Whether the worker is to have a copy of the key: it owns it by any quorums in force. */
  public boolean isOwner(int worker, Key key) {
    return preferenceList(key).isOwner(worker, state.ownersMax());
  }

  /** Whether the worker may coordinate requests for the key: it owns it by all quorums in force. */
  public boolean isCoordinator(int worker, Key key) {
    return preferenceList(key).isOwner(worker, state.ownersMin());
  }
}
