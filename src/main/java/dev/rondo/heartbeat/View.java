package dev.rondo.heartbeat;

import dev.rondo.bus.Fitness;
import dev.rondo.core.member.Topology;

/** What this node holds to be true at the moment. Kept by one verticle, on its context. */
final class View {

  private Topology topology;
  private Fitness fitness = Fitness.STARTING;

  View(Topology topology) {
    this.topology = topology;
  }

  Topology topology() {
    return topology;
  }

  Fitness fitness() {
    return fitness;
  }

  /** Goes on with what another generation held to be true. */
  void resume(Topology known, Fitness found) {
    topology = known;
    fitness = found;
  }

  /** Takes a topology over, unless the present one is newer. */
  boolean adopt(Topology other) {
    boolean newer = other.state().epoch() >= topology.state().epoch();
    if (newer) {
      topology = other;
    }
    return newer;
  }

  /** Takes a finding over; returns whether it changes anything. */
  boolean learn(Fitness.Finding finding) {
    Fitness before = fitness;
    fitness = Findings.merge(before, finding);
    return !fitness.equals(before);
  }
}
