package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Topology;
import dev.rondo.proto.State;
import dev.rondo.wire.StateWire;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which cluster state each peer works by, as its messages tell. A peer that is ahead is asked for
 * its state, once and not for every message; whoever keeps the state of this node takes it over.
 */
final class Epochs {

  private static final Logger log = LoggerFactory.getLogger(Epochs.class);

  /** After this time it is asked again, if what it told was not taken over. */
  private static final long AGAIN_MILLIS = 1_000;

  private final NodeSetup setup;
  private final Bus bus;
  private final IntFunction<@Nullable PeerLink> links;
  private final Map<Integer, Long> heard = new HashMap<>();
  private @Nullable Topology topology;
  private long own;
  private long asked;
  private long askedMillis;

  /** Asks for states over {@code links}. */
  Epochs(NodeSetup setup, IntFunction<@Nullable PeerLink> links) {
    this.setup = setup;
    this.bus = setup.bus();
    this.links = links;
  }

  /** This node works by another state from now on. */
  void follow(Topology newer) {
    topology = newer;
    own = newer.state().epoch();
  }

  /** The epoch of the state that this node works by; 0 before it knows one. */
  long own() {
    return own;
  }

  /** A message of a peer names the epoch by which the peer works; 0 where it names none. */
  void heard(int peer, long epoch) {
    Long known = heard.get(peer);
    if (known == null || known < epoch) {
      heard.put(peer, epoch);
    }
    if (epoch > own && (epoch > asked || Transport.millis() - askedMillis >= AGAIN_MILLIS)) {
      ask(peer, epoch);
    }
  }

  /** A peer has told its state, asked or not. */
  void told(int peer, State state) {
    try {
      StateWire.read(state).ifPresent(seen -> seen(peer, seen));
    } catch (IllegalArgumentException impossible) {
      log.warn("Worker {} works by an impossible state: {}", peer, impossible.getMessage());
    }
  }

  private void seen(int peer, ClusterState state) {
    heard.merge(peer, state.epoch(), Math::max);
    if (state.epoch() > own) {
      asked = Math.max(asked, state.epoch());
      askedMillis = Transport.millis();
      bus.publish(Addresses.STATE_SEEN, state);
    }
  }

  private void ask(int peer, long epoch) {
    PeerLink link = links.apply(peer);
    if (link == null || !link.isConnected()) {
      return;
    }
    asked = epoch;
    askedMillis = Transport.millis();
    link.ask(WireRequests.askState(), WireAnswers::state, setup.config().timeouts().replicaMillis())
        .onComplete(
            state -> told(peer, state),
            failure -> log.debug("Worker {} did not tell its state", peer, failure));
  }

  /** This node's state, for a peer that is behind it; empty for one that is not. */
  Optional<State> newerThan(long epoch) {
    return topology == null || epoch >= own
        ? Optional.empty()
        : Optional.of(StateWire.of(topology.state()));
  }

  /** Whether some peer is known to work by a newer state than this node. */
  boolean isBehind() {
    return heard.values().stream().anyMatch(epoch -> epoch > own);
  }
}
