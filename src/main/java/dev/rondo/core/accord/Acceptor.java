package dev.rondo.core.accord;

import dev.rondo.core.member.ClusterState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a worker promised and accepted for one epoch. Every change of it is durable before anybody
 * hears of it; a worker that forgot could help to decide the epoch a second time.
 *
 * <p>A worker has a say in the epoch right after its own state's alone: an earlier one is decided,
 * and of a later one it cannot know whether the one before is. So one of these is enough, and what
 * it remembers of an earlier epoch may go as soon as a later one is voted on.
 *
 * @param epoch the one to decide; 0 for none yet
 * @param promised attempts with lower ballots are refused
 * @param accepted the last state that was accepted; null for none
 * @see <a href="https://lamport.azurewebsites.net/pubs/paxos-simple.pdf">Paxos Made Simple, section
 *     2.2</a>
 */
public record Acceptor(long epoch, Ballot promised, @Nullable Vote accepted) {

  /** Nothing was promised yet. */
  public static final Acceptor BLANK = new Acceptor(0, Ballot.NONE, null);

  /**
   * With the promise to refuse lower ballots (P1a); empty when it cannot be given.
   *
   * @param own epoch of the worker's own state
   */
  public Optional<Acceptor> promise(long own, long asked, Ballot ballot) {
    return at(own, asked)
        .filter(now -> ballot.compareTo(now.promised) >= 0)
        .map(now -> new Acceptor(asked, ballot, now.accepted));
  }

  /**
   * With the state accepted; empty when that would break a promise.
   *
   * @param own epoch of the worker's own state
   */
  public Optional<Acceptor> accept(long own, Ballot ballot, ClusterState state) {
    return at(own, state.epoch())
        .filter(now -> ballot.compareTo(now.promised) >= 0)
        .map(now -> new Acceptor(state.epoch(), ballot, new Vote(ballot, state)));
  }

  /** What holds for an epoch; empty where this worker has no say. */
  private Optional<Acceptor> at(long own, long asked) {
    if (asked != own + 1 || asked < epoch) {
      return Optional.empty();
    }
    return Optional.of(asked == epoch ? this : BLANK);
  }
}
