package dev.rondo.core.quorum;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.ring.Ring;
import dev.rondo.core.ring.Token;
import java.util.Set;

/**
 * Whether some workers together know every key: that of each arc of the ring so many owners are
 * among them that a read of these owners would meet every acknowledged write.
 */
public final class Coverage {

  private Coverage() {}

  /** Whether the {@code answering} workers cover the ring, by all quorums in force. */
  public static boolean isComplete(ClusterState state, Ring ring, Set<Integer> answering) {
    Quorums former = state.former();
    return covers(ring, state.quorums(), answering)
        && (former == null || covers(ring, former, answering));
  }

  private static boolean covers(Ring ring, Quorums quorums, Set<Integer> answering) {
    for (Token token : ring.tokens()) {
      PreferenceList preference = ring.preferenceList(token.position());
      int owners = Math.min(quorums.replicationFactor(), preference.size());
      long answers = preference.owners(owners).stream().filter(answering::contains).count();
      if (answers < Math.min(quorums.readQuorum(), owners)) {
        return false;
      }
    }
    return true;
  }
}
