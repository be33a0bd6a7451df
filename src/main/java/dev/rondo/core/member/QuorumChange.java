package dev.rondo.core.member;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of the quorums; null leaves a setting as it is, as far as that is possible.
 */
public record QuorumChange(
    @Nullable Integer replicationFactor,
    @Nullable Integer writeQuorum,
    @Nullable Integer readQuorum) {

  /**
   * The quorums that {@code state} would then have. A quorum that nobody spoke of is lowered to the
   * replication factor where it would be impossible otherwise. Fails with {@link
   * IllegalArgumentException}, for people to read, when no cluster like this one could have them.
   */
  public Quorums applyTo(ClusterState state) {
    Quorums now = state.quorums();
    int copies = or(replicationFactor, now.replicationFactor());
    int members = state.members().size();
    if (copies < 1 || copies > Math.min(members, Quorums.REPLICATION_FACTOR_MAX)) {
      throw new IllegalArgumentException(
          "replicationFactor is %d, allowed are 1 to %d (%d members)"
              .formatted(copies, Math.min(members, Quorums.REPLICATION_FACTOR_MAX), members));
    }
    return new Quorums(
        copies,
        or(writeQuorum, Math.min(copies, now.writeQuorum())),
        or(readQuorum, Math.min(copies, now.readQuorum())));
  }

  private static int or(@Nullable Integer wanted, int otherwise) {
    return wanted == null ? otherwise : wanted;
  }
}
