package dev.rondo.replication;

import java.util.HashMap;
import java.util.Map;

/** Has a courier for each peer, and sends it when the peer comes back and every now and then. */
final class HintDelivery {

  private final NodeSetup setup;
  private final Map<PeerLink, HintCourier> couriers = new HashMap<>();
  private boolean acting;

  HintDelivery(NodeSetup setup) {
    this.setup = setup;
  }

  /** Couriers may go from now on. */
  void resume() {
    acting = true;
  }

  /** No courier goes any more; those that are under way come back with what they carry. */
  void stop() {
    acting = false;
  }

  /** How many are under way. */
  int running() {
    return (int) couriers.values().stream().filter(HintCourier::isRunning).count();
  }

  /** The peer has come back. */
  void reachable(PeerLink link) {
    if (acting) {
      courier(link).hurry();
    }
  }

  /** Looks for hints to all who can be reached. */
  void look(Peers peers) {
    couriers.keySet().retainAll(peers.links());
    for (PeerLink link : peers.links()) {
      if (peers.isReachable(link)) {
        courier(link).look();
      }
    }
  }

  private HintCourier courier(PeerLink link) {
    return couriers.computeIfAbsent(link, first -> new HintCourier(link, setup, () -> acting));
  }
}
