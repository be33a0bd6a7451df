package dev.rondo.bus;

import dev.rondo.core.purge.Obstacle;
import java.util.Map;

/**
 * What the tombstones of this worker wait for before they may be purged.
 *
 * @param arcs how many arcs of the ring that this worker owns wait for what; none while the cluster
 *     state is being changed, when nothing can be purged
 */
public record PurgeObstacles(Map<Obstacle, Integer> arcs) {

  public PurgeObstacles {
    arcs = Map.copyOf(arcs);
  }

  /** The question. */
  public enum Ask {
    NOW
  }
}
