package dev.rondo.core.accord;

import dev.rondo.core.member.ClusterState;

/** A state that was accepted, and under which ballot. */
public record Vote(Ballot ballot, ClusterState state) {}
