package dev.rondo.core.quorum;

import dev.rondo.core.member.Topology;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * A question to all workers at once, until those that have answered know every key. Whoever is
 * silent is not waited for any longer than by a read of one key; see {@link ReadRound}.
 */
public final class ScanRound {

  private final Topology topology;
  private final Reach reach;
  private final IntPredicate behind;
  private final Set<Integer> owing;
  private final Set<Integer> answered = new HashSet<>();
  private final Set<Integer> caughtUp = new HashSet<>();
  private final Silence silence = new Silence();
  private boolean hedging;

  /**
   * A round in which nobody has answered yet.
   *
   * @param asked everybody who may be in reach
   * @param behind who was away and has not caught up
   */
  public ScanRound(Topology topology, List<Integer> asked, Reach reach, IntPredicate behind) {
    this.topology = topology;
    this.owing = new HashSet<>(asked);
    this.reach = reach;
    this.behind = behind;
  }

  /** A worker said what it holds; {@code counts} unless it misses some of what it once held. */
  public void answered(int worker, boolean counts) {
    owing.remove(worker);
    if (counts) {
      answered.add(worker);
      if (!behind.test(worker)) {
        caughtUp.add(worker);
      }
    }
  }

  /** A worker has not answered and will not. */
  public void failed(int worker) {
    owing.remove(worker);
  }

  /** Another hedging delay has passed. */
  public void keepWaiting() {
    hedging = true;
    silence.lasts(1);
  }

  /** Whether there is nothing more to wait for. */
  public boolean isOver() {
    boolean patient = !hedging && owing.stream().anyMatch(reach::isReachable);
    return owing.isEmpty() || (!patient && isComplete() && !isBetterExpected());
  }

  /** Whether those that have answered know every key. */
  public boolean isComplete() {
    return covers(answered);
  }

  /** What a worker has missed may be known to one that owes its answer. */
  private boolean isBetterExpected() {
    return !silence.countsHints()
        && owing.stream().anyMatch(worker -> !behind.test(worker))
        && !covers(caughtUp);
  }

  private boolean covers(Set<Integer> workers) {
    return Coverage.isComplete(topology.state(), topology.ring(), workers);
  }
}
