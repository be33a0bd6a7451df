package dev.rondo.replication;

import dev.rondo.bus.WorkProgress;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles this worker with several peers, one after the other, by one state. Whoever is out of
 * reach, or goes by another state, is asked again later; when all who are left are like that for
 * longer than patience lasts, they are left out.
 */
final class Round {

  private static final Logger log = LoggerFactory.getLogger(Round.class);

  private static final long LOOK_MILLIS = 50;

  /** Patience that never ends. */
  static final long FOR_EVER = Long.MAX_VALUE / 2;

  private final RepairTools tools;
  private final WorkProgress.Kind kind;
  private final Topology topology;
  private final long patienceMillis;
  private final BooleanSupplier wanted;
  private final WorkMeter meter;
  private final Tally tally;
  private final List<Visit> visits = new ArrayList<>();
  private final Set<Integer> owed = new HashSet<>();
  private boolean incomplete;
  private final Promise<Set<Integer>> over = Promise.promise();
  private long movedMillis = Transport.millis();

  Round(
      RepairTools tools,
      WorkProgress.Kind kind,
      Topology topology,
      long patienceMillis,
      BooleanSupplier wanted) {
    this.tools = tools;
    this.kind = kind;
    this.topology = topology;
    this.patienceMillis = patienceMillis;
    this.wanted = wanted;
    this.meter = new WorkMeter(tools.setup().bus(), kind, tools.setup().id(), "ranges");
    this.tally = new Tally(tools.meters());
  }

  /** What has been found and repaired so far. */
  Tally tally() {
    return tally;
  }

  /** Whether this worker has left copies that it lacks with a peer. */
  boolean isIncomplete() {
    return incomplete;
  }

  /** All the other members. */
  static List<Member> others(Topology topology, int self) {
    return topology.state().members().stream().filter(member -> member.id() != self).toList();
  }

  /**
   * Runs; completes with the peers that are still to be compared, because they were left out or
   * refused copies that they lack. Fails when it is not wanted any more.
   */
  Future<Set<Integer>> run(Collection<Member> peers) {
    peers.forEach(peer -> visits.add(new Visit(peer)));
    next();
    return over.future().onComplete(done -> meter.over());
  }

  private void next() {
    List<Visit> open = visits.stream().filter(visit -> !visit.done).toList();
    if (!wanted.getAsBoolean()) {
      over.fail("it is not wanted any more");
    } else if (open.isEmpty()) {
      over.complete(Set.copyOf(owed));
    } else {
      open.stream().filter(Visit::isReady).findFirst().ifPresentOrElse(Visit::go, () -> idle(open));
    }
  }

  private void idle(List<Visit> open) {
    if (Transport.millis() - movedMillis > patienceMillis) {
      open.forEach(visit -> owed.add(visit.peer.id()));
      over.complete(Set.copyOf(owed));
    } else {
      tell();
      tools.vertx().setTimer(LOOK_MILLIS, again -> next());
    }
  }

  private void tell() {
    long done = visits.stream().mapToLong(visit -> visit.repair.compared()).sum();
    meter.at(done, (long) visits.size() * Comparison.RANGES.count());
  }

  /** Somebody waits for all other kinds of work. */
  private Future<?> manners() {
    return kind == WorkProgress.Kind.ANTI_ENTROPY ? tools.standBack() : Future.succeededFuture();
  }

  /** One peer's part of the round. */
  private final class Visit {
    private final Member peer;
    private final PairRepair repair;
    private final Backoff backoff = new Backoff(100, 5_000, ThreadLocalRandom.current());
    private long notBefore = Long.MIN_VALUE;
    private boolean done;

    Visit(Member peer) {
      this.peer = peer;
      Comparison comparison = new Comparison(topology, tools.setup().id(), peer);
      Errand errand = new Errand(tally, wanted, this::moved, Round.this::manners);
      this.repair = new PairRepair(tools, comparison, errand);
    }

    private boolean isReady() {
      return Transport.millis() >= notBefore && tools.isReachable(peer.id());
    }

    private void moved() {
      movedMillis = Transport.millis();
      backoff.succeeded();
      tell();
    }

    private void go() {
      announce();
      tell();
      repair.run().onComplete(equal -> finished(), this::failed);
    }

    private void announce() {
      if (notBefore != Long.MIN_VALUE) {
        return;
      }
      notBefore = 0;
      if (kind == WorkProgress.Kind.RECOVERY) {
        int self = tools.setup().id();
        log.info("Asking {}:{} to recover data for Worker {}", peer.host(), peer.grpcPort(), self);
      } else if (kind == WorkProgress.Kind.REBALANCE) {
        log.info(
            "Filling from {}:{} epoch={}", peer.host(), peer.grpcPort(), topology.state().epoch());
      }
    }

    private void finished() {
      done = true;
      incomplete |= repair.hasLeft();
      if (repair.wasRefused()) {
        owed.add(peer.id());
      }
      next();
    }

    private void failed(Throwable failure) {
      if (backoff.attempts() == 3) {
        log.info("{} cannot be compared yet reason={}", peer.name(), failure.getMessage());
      }
      notBefore = Transport.millis() + backoff.nextMillis();
      next();
    }
  }
}
