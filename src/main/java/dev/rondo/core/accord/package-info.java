/**
 * How the members agree on the next cluster state, whoever proposes it: single-decree Paxos, one
 * decision for each epoch. Workers are the {@link dev.rondo.core.accord.Acceptor}s, a controller
 * runs the {@link dev.rondo.core.accord.Proposal}.
 */
@NullMarked
package dev.rondo.core.accord;

import org.jspecify.annotations.NullMarked;
