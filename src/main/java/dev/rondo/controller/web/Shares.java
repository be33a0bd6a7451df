package dev.rondo.controller.web;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Topology;
import java.util.Map;

/** The members of a cluster state, with the part of the key space of which each is the primary. */
record Shares(Map<Integer, Double> members) {

  private static final double DIGITS = 10_000;

  static Shares of(ClusterState state) {
    return new Shares(state.members().isEmpty() ? Map.of() : new Topology(state).ring().shares());
  }

  boolean isMember(int worker) {
    return members.containsKey(worker);
  }

  /** To four digits; 0 for whoever is no member. */
  double of(int worker) {
    return Math.round(members.getOrDefault(worker, 0.0) * DIGITS) / DIGITS;
  }
}
