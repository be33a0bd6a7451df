package dev.rondo.replication;

import java.util.HashMap;
import java.util.Map;

/** Has a courier for each peer, and sends it when the peer comes back and every now and then. */
final class HintDelivery {

  private final NodeSetup setup;
  private final Map<PeerLink, HintCourier> couriers = new HashMap<>();

  HintDelivery(NodeSetup setup) {
    this.setup = setup;
  }

  /** The peer has come back. */
  void reachable(PeerLink link) {
    courier(link).hurry();
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
    return couriers.computeIfAbsent(link, first -> new HintCourier(link, setup));
  }
}
