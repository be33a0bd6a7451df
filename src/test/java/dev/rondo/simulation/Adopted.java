package dev.rondo.simulation;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Topology;
import dev.rondo.core.quorum.QuorumRules;
import dev.rondo.core.record.Key;

/** The cluster state that one worker works by; it is durable before it is worked by. */
final class Adopted {

  private final Bug bug;
  private Topology topology;
  private QuorumRules rules;

  Adopted(Topology first, Bug bug) {
    this.bug = bug;
    this.topology = first;
    this.rules = new QuorumRules(first.state());
  }

  void adopt(Topology newer) {
    if (newer.state().epoch() > epoch()) {
      topology = newer;
      ClusterState state = newer.state();
      rules =
          new QuorumRules(
              bug == Bug.COUNTS_ONLY_THE_NEW_QUORUM && !state.isSettled()
                  ? state.settled()
                  : state);
    }
  }

  long epoch() {
    return topology.state().epoch();
  }

  Topology topology() {
    return topology;
  }

  QuorumRules rules() {
    return rules;
  }

  boolean isCoordinator(int worker, Key key) {
    return topology.isCoordinator(worker, key);
  }
}
