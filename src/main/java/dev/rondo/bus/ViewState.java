package dev.rondo.bus;

import dev.rondo.core.accord.Acceptor;
import dev.rondo.core.member.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the verticle that owns this node's view has found out and promised.
 *
 * @param acceptor what this worker has promised in agreeing on the next state, which is durable
 * @param news what there was to tell the controller
 */
public record ViewState(Topology topology, Fitness fitness, Acceptor acceptor, News news)
    implements Handover {

  /**
   * What there was to tell.
   *
   * @param untold what happened while no controller was there, in its order
   * @param damage the store that was set aside last and told of, or is among the untold
   */
  public record News(List<ClusterEvent> untold, @Nullable String damage) {

    /** Nothing has happened yet. */
    public static final News NONE = new News(List.of(), null);

    public News {
      untold = List.copyOf(untold);
    }
  }
}
