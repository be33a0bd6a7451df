package dev.rondo.core.accord;

import dev.rondo.core.member.ClusterState;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a controller to have the next state decided: first it asks the members to promise,
 * then to accept. A state that may have been decided already is completed instead of the wanted
 * one.
 *
 * <p>Nothing here waits or sends. An attempt that hears nothing stays pending; giving it up is
 * always safe, and what it left behind may still be decided later, by another attempt.
 */
public final class Proposal {

  /** What has become of the attempt. */
  public enum Verdict {
    PENDING,
    /** A majority has accepted {@link #state}: it is decided, for good. */
    WON,
    /** So many refuse that this ballot cannot win; a higher one may. */
    LOST
  }

  private final Set<Integer> members;
  private final Ballot ballot;
  private final Set<Integer> promises = new HashSet<>();
  private final Set<Integer> acceptances = new HashSet<>();
  private final Set<Integer> refusals = new HashSet<>();
  private ClusterState state;
  private @Nullable Vote earlier;

  /** Wants {@code wanted} decided by {@code members}, those of the state before. */
  public Proposal(Set<Integer> members, Ballot ballot, ClusterState wanted) {
    this.members = Set.copyOf(members);
    this.ballot = ballot;
    this.state = wanted;
  }

  public Ballot ballot() {
    return ballot;
  }

  /** What the members are asked to accept: the wanted state, or one that was accepted before. */
  public ClusterState state() {
    return state;
  }

  /** Whether a majority has promised, so that the members are to be asked to accept. */
  public boolean isAccepting() {
    return promises.size() >= majority();
  }

  /** How many votes a phase needs. */
  public int majority() {
    return members.size() / 2 + 1;
  }

  /** How many members have promised, or, once they are asked to, accepted. */
  public int votes() {
    return isAccepting() ? acceptances.size() : promises.size();
  }

  /** A member has promised, and says what it had accepted before. */
  public Verdict promised(int member, @Nullable Vote before) {
    if (members.contains(member) && !isAccepting() && promises.add(member)) {
      if (before != null && (earlier == null || before.ballot().compareTo(earlier.ballot()) > 0)) {
        earlier = before;
        state = before.state();
      }
    }
    return verdict();
  }

  /** A member has accepted the state. */
  public Verdict accepted(int member) {
    if (members.contains(member) && isAccepting()) {
      acceptances.add(member);
    }
    return verdict();
  }

  /** A member has refused to promise or to accept. */
  public Verdict refused(int member) {
    if (members.contains(member)) {
      refusals.add(member);
    }
    return verdict();
  }

  public Verdict verdict() {
    if (acceptances.size() >= majority()) {
      return Verdict.WON;
    }
    return members.size() - refusals.size() < majority() ? Verdict.LOST : Verdict.PENDING;
  }
}
