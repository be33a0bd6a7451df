package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.EventKind;
import dev.rondo.bus.Repairing;
import dev.rondo.bus.WorkProgress.Kind;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import dev.rondo.wire.PeerState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges with every peer from time to time, with one after the other, so that copies become
 * equal whatever went wrong before: when the interval is over, after this worker has caught up, and
 * when somebody orders it. Does not run while the quorums change, when {@link Filling} does as
 * much.
 */
final class AntiEntropy {

  private static final Logger log = LoggerFactory.getLogger(AntiEntropy.class);

  private static final long PATIENCE_MILLIS = 2_000;

  /** Until a peer is tried again with which an exchange did not come to its end. */
  private static final long AGAIN_MILLIS = 30_000;

  private static final int ORDERS_MAX = 64;

  private final RepairTools tools;
  private final long intervalMillis;
  private final Map<Integer, Long> nextMillis = new HashMap<>();
  private final List<Long> orders = new ArrayList<>();
  private List<Long> taken = List.of();
  private @Nullable Topology topology;
  private boolean running;
  private int generation;

  AntiEntropy(RepairTools tools) {
    this.tools = tools;
    this.intervalMillis =
        TimeUnit.SECONDS.toMillis(tools.setup().config().repair().intervalSeconds());
  }

  /** A round under way goes by a state that is none any more, and is made again. */
  void follow(Topology newer) {
    topology = newer;
    stop();
  }

  /** Goes on where another generation stopped; a round that was under way is made again. */
  void resume(PeerState.Exchanges before) {
    nextMillis.putAll(before.nextMillis());
    orders.removeAll(before.orders());
    orders.addAll(0, before.orders());
  }

  /** Leaves it to another generation. */
  PeerState.Exchanges giveUp() {
    stop();
    PeerState.Exchanges left = new PeerState.Exchanges(nextMillis, orders);
    orders.clear();
    return left;
  }

  /** Every peer is due now. */
  void trigger() {
    nextMillis.clear();
  }

  /**
   * Somebody wants a round that begins from now on, and an event at its end: they get one also when
   * it is not made, for they wait for it.
   */
  void order(Repairing.Order order) {
    if (orders.size() < ORDERS_MAX) {
      orders.add(order.number());
      return;
    }
    String text =
        "Worker %d refuses repair %d, as %d others wait already"
            .formatted(tools.setup().id(), order.number(), orders.size());
    log.warn("Repair refused order={} waiting={}", order.number(), orders.size());
    publish(EventKind.REPAIR_REFUSED, text);
  }

  /** Whether a round is under way. */
  boolean isRunning() {
    return running;
  }

  /**
   * Begins a round if one is due. Whoever is {@code owed} a comparison gets that one first, and not
   * two at a time, which would fetch everything twice.
   */
  void look(Set<Integer> owed) {
    Topology state = topology;
    if (state == null || running || !state.state().isSettled()) {
      return;
    }
    List<Member> due =
        Round.others(state, tools.setup().id()).stream()
            .filter(peer -> !orders.isEmpty() || (isDue(peer) && !owed.contains(peer.id())))
            .filter(peer -> tools.isReachable(peer.id()))
            .toList();
    if (!due.isEmpty() || !orders.isEmpty()) {
      run(state, due);
    }
  }

  private boolean isDue(Member peer) {
    return Transport.millis() >= nextMillis.getOrDefault(peer.id(), Long.MIN_VALUE);
  }

  private void run(Topology state, List<Member> due) {
    running = true;
    int mine = generation;
    taken = List.copyOf(orders);
    orders.clear();
    Round round =
        new Round(tools, Kind.ANTI_ENTROPY, state, PATIENCE_MILLIS, () -> mine == generation);
    round
        .run(due)
        .onSuccess(left -> over(due, left, round.tally()))
        .onFailure(
            failure -> {
              if (mine == generation) {
                stop();
              }
            });
  }

  private void over(List<Member> due, Set<Integer> left, Tally tally) {
    running = false;
    List<Long> done = taken;
    taken = List.of();
    for (Member peer : due) {
      boolean compared = !left.contains(peer.id());
      nextMillis.put(peer.id(), Transport.millis() + (compared ? pause() : AGAIN_MILLIS));
    }
    List<Integer> peers =
        due.stream().map(Member::id).filter(peer -> !left.contains(peer)).toList();
    if (tally.repaired() > 0) {
      log.info("Copies made equal peers={} {}", peers, tally);
    }
    for (long order : done) {
      tell(EventKind.REPAIR_FINISHED, "Worker %d has finished repair %d", order, peers, tally);
    }
    if (done.isEmpty() && tally.repaired() > 0) {
      tell(EventKind.REPAIRED, "Worker %d has repaired copies", 0, peers, tally);
    }
  }

  /** Not all at the same time. */
  private long pause() {
    return intervalMillis - ThreadLocalRandom.current().nextLong(1 + intervalMillis / 10);
  }

  private void tell(
      EventKind kind, String what, long order, Collection<Integer> peers, Tally tally) {
    String names = peers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String with = peers.isEmpty() ? "nobody, no peer is in reach" : "Worker " + names;
    String done = what.formatted(tools.setup().id(), order);
    publish(kind, "%s, compared with %s: %s".formatted(done, with, tally));
  }

  private void publish(EventKind kind, String text) {
    ClusterEvent event = new ClusterEvent(kind, tools.setup().id(), text);
    tools.setup().bus().publish(Addresses.EVENT, event);
  }

  /** Ends the round that is under way; what was ordered stays, should this one go on after all. */
  void stop() {
    generation++;
    running = false;
    orders.addAll(0, taken);
    taken = List.of();
  }
}
