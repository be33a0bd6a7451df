package dev.rondo.config;

import java.util.List;

/**
 * Discovery through Hazelcast.
 *
 * @param port where this node's Hazelcast listens
 * @param seeds {@code host:port} of the Hazelcast of other nodes, of which one suffices
 */
public record MembershipConfig(int port, List<String> seeds) {

  public MembershipConfig {
    seeds = List.copyOf(seeds);
    Check.range("membership.port", port, 1, 65535);
    for (String seed : seeds) {
      Check.that(seed.matches(".+:[0-9]+"), "membership.seeds", "'" + seed + "'", "host:port");
    }
  }
}
