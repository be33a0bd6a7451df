package dev.rondo.replication;

import dev.rondo.bus.Digesting;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records a rebuild will be sent: as many as each member holds of what both own. For
 * whoever watches; the rebuild does not wait for it.
 */
final class Expected {

  private static final Logger log = LoggerFactory.getLogger(Expected.class);

  private final RemoteHoldings remote;
  private final int self;
  private final Map<Integer, Long> keys = new HashMap<>();
  private final Set<Integer> unknown = new HashSet<>();

  Expected(RemoteHoldings remote, int self) {
    this.remote = remote;
    this.self = self;
  }

  /** Asks a member, which goes through its index for that. */
  void ask(Topology state, Member member) {
    unknown.add(member.id());
    remote
        .digests(new Comparison(state, self, member), 0, Comparison.RANGES.count())
        .map(Digesting.Digests::keys)
        .onComplete(
            held -> {
              unknown.remove(member.id());
              keys.put(member.id(), held);
            },
            failure -> log.debug("{} does not say how much it holds", member.name(), failure));
  }

  /** All together; 0 as long as somebody has not said it. */
  long total() {
    return unknown.isEmpty() ? keys.values().stream().mapToLong(Long::longValue).sum() : 0;
  }
}
