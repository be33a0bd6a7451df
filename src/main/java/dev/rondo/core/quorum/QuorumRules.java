package dev.rondo.core.quorum;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Quorums;
import org.jspecify.annotations.Nullable;

/**
 * What writes and reads have to satisfy by one cluster state, worked out beforehand for every
 * number that a client can ask for.
 *
 * <p>A client's number takes the place of the cluster's in both quorums, as far as there are so
 * many owners. With one copy or answer it is served by a worker that owns the key under both: one
 * that does not may be empty still.
 */
public final class QuorumRules {

  private final Requirements[] writes;
  private final Requirements[] reads;

  /** The rules of a state. */
  public QuorumRules(ClusterState state) {
    Quorums now = state.quorums();
    Quorums former = state.former();
    int copies = now.replicationFactor();
    this.writes = new Requirements[copies + 1];
    this.reads = new Requirements[copies + 1];
    writes[0] =
        both(
            requirement(now, now.writeQuorum()),
            former == null ? null : requirement(former, former.writeQuorum()));
    reads[0] =
        both(
            requirement(now, now.readQuorum()),
            former == null ? null : requirement(former, former.readQuorum()));
    for (int given = 1; given <= copies; given++) {
      writes[given] =
          both(requirement(now, given), former == null ? null : requirement(former, given));
      reads[given] = writes[given];
    }
  }

  private static Requirement requirement(Quorums quorums, int required) {
    int owners = quorums.replicationFactor();
    return new Requirement(owners, Math.min(required, owners));
  }

  private static Requirements both(Requirement now, @Nullable Requirement former) {
    return former == null
        ? Requirements.of(now.owners(), now.required())
        : Requirements.of(now, former);
  }

  /** Whether a client may ask for that many copies or answers; 0 leaves it to the cluster. */
  public boolean allow(int given) {
    return given >= 0 && given < writes.length;
  }

  /** For a write; 0 for the cluster's own W, what is too much is as much as there can be. */
  public Requirements write(int given) {
    return writes[Math.min(given, writes.length - 1)];
  }

  /** For a read; 0 for the cluster's own R, what is too much is as much as there can be. */
  public Requirements read(int given) {
    return reads[Math.min(given, reads.length - 1)];
  }
}
