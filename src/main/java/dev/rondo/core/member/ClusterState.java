package dev.rondo.core.member;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster agreed on: one immutable value with an epoch. A higher epoch replaces a lower
 * one; two states of one epoch are the same.
 *
 * <p>The quorums change in two steps, as the members of a Raft cluster do. While the change is
 * under way both the quorums and the former ones are in force: every read and every write satisfies
 * both, so that it meets whatever was acknowledged by somebody who knows only the one or the other.
 * Once every member works by that state and every owner has its copies, the next epoch drops the
 * former.
 *
 * @param epoch counts the changes, from 1
 * @param vnodes virtual nodes a worker
 * @param quorums those that clients are told about
 * @param former those that are in force as well while a change is under way; null when it is over
 * @param members in order of id; a worker that is down is still one
 * @see <a href="https://raft.github.io/raft.pdf">Raft, section 6, joint consensus</a>
 */
public record ClusterState(
    long epoch, int vnodes, Quorums quorums, @Nullable Quorums former, List<Member> members) {

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

  /** A state without a change under way. */
  public ClusterState(long epoch, int vnodes, Quorums quorums, List<Member> members) {
    this(epoch, vnodes, quorums, null, members);
  }

  /** Whether no change of the quorums is under way. */
  public boolean isSettled() {
    return former == null;
  }

  /** The next epoch, in which a change to other quorums begins. */
  public ClusterState changingTo(Quorums next) {
    if (!isSettled()) {
      throw new IllegalStateException("a change is under way");
    }
    return new ClusterState(epoch + 1, vnodes, next, quorums, members);
  }

  /** The next epoch, in which the change is over. */
  public ClusterState settled() {
    return new ClusterState(epoch + 1, vnodes, quorums, null, members);
  }

  /** How many workers from a key's place on may be asked for a copy: the larger N in force. */
  public int ownersMax() {
    int now = quorums.replicationFactor();
    return former == null ? now : Math.max(now, former.replicationFactor());
  }

  /** How many workers from a key's place on own it in any case: the smaller N in force. */
  public int ownersMin() {
    int now = quorums.replicationFactor();
    return former == null ? now : Math.min(now, former.replicationFactor());
  }
}
