package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Fitness.Finding;
import dev.rondo.bus.WorkProgress.Kind;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catches up after an absence: compares what this worker holds with every other member, and says
 * that it is behind until then. A member that is out of reach is not waited for for long; it is
 * owed a comparison, which is made when it is back.
 */
final class Recovery {

  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private static final long PATIENCE_MILLIS = 2_000;

  private final RepairTools tools;
  private final Set<Integer> owed = new HashSet<>();
  private final Backoff backoff = new Backoff(2_000, 60_000, ThreadLocalRandom.current());
  private @Nullable Topology topology;
  private boolean caughtUp;
  private boolean comparing;
  private boolean paying;
  private long payNotBefore;
  private int generation;

  Recovery(RepairTools tools) {
    this.tools = tools;
  }

  boolean isCaughtUp() {
    return caughtUp;
  }

  /** Until the first comparison nothing is known of what was missed. */
  void announce() {
    tools.setup().bus().publish(Addresses.FINDING, new Finding.CaughtUp(caughtUp));
  }

  /** A comparison under way goes by a state that is none any more: it begins anew. */
  void follow(Topology newer) {
    topology = newer;
    generation++;
    paying = false;
    owed.removeIf(peer -> newer.member(peer).isEmpty());
    if (comparing) {
      begin("the cluster's state changed");
    }
  }

  /** Compares with everybody, from the start. */
  void begin(String why) {
    Topology state = topology;
    if (state == null) {
      return;
    }
    log.info("Comparing with the other members reason={}", why);
    caughtUp = false;
    announce();
    owed.clear();
    paying = false;
    comparing = true;
    int mine = ++generation;
    List<Member> others = Round.others(state, tools.setup().id());
    new Round(tools, Kind.RECOVERY, state, PATIENCE_MILLIS, () -> mine == generation)
        .run(others)
        .onSuccess(left -> compared(others.size(), left));
  }

  private void compared(int others, Set<Integer> left) {
    comparing = false;
    owed.addAll(left);
    caughtUp = true;
    log.info("Caught up compared={} owed={}", others - left.size(), owed);
    announce();
  }

  /** Compares with those who are owed a comparison and are in reach. */
  void payBack() {
    Topology state = topology;
    if (state == null || !caughtUp || paying || Transport.millis() < payNotBefore) {
      return;
    }
    List<Member> back =
        owed.stream()
            .flatMap(id -> state.member(id).stream())
            .filter(member -> tools.isReachable(member.id()))
            .toList();
    if (back.isEmpty()) {
      return;
    }
    paying = true;
    int mine = generation;
    new Round(tools, Kind.RECOVERY, state, PATIENCE_MILLIS, () -> mine == generation)
        .run(back)
        .onSuccess(left -> paid(back, left));
  }

  private void paid(List<Member> back, Set<Integer> left) {
    paying = false;
    back.forEach(member -> owed.remove(member.id()));
    owed.addAll(left);
    if (left.isEmpty()) {
      backoff.succeeded();
    } else {
      payNotBefore = Transport.millis() + backoff.nextMillis();
    }
  }

  /** Goes on where another generation stopped. */
  void resume(boolean wasCaughtUp, Set<Integer> stillOwed) {
    caughtUp = wasCaughtUp;
    owed.addAll(stillOwed);
  }

  /** Peers with whom a comparison is still to be made. */
  Set<Integer> owed() {
    return Set.copyOf(owed);
  }

  void stop() {
    generation++;
    comparing = false;
    paying = false;
    owed.clear();
  }
}
