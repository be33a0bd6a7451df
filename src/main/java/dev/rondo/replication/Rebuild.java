package dev.rondo.replication;

import dev.rondo.bus.Notes;
import dev.rondo.bus.WorkProgress;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches from all other members, one after the other, what this worker owned and lost.
 *
 * <p>A member that is out of reach, or says nothing, is waited for behind all others. One that lost
 * its own data cannot vouch for what it sends, so it is asked again behind all others; what it has
 * by then is all there is, and two workers that rebuild at the same time do not wait for each other
 * for ever.
 */
final class Rebuild {

  private static final Logger log = LoggerFactory.getLogger(Rebuild.class);

  private final NodeSetup setup;
  private final Vertx vertx;
  private final BulkClient client;
  private final ClockWatch clock;
  private final Notes notes;
  private final Supplier<@Nullable Topology> topology;
  private final Runnable done;
  private final WorkMeter meter;
  private @Nullable Run current;

  Rebuild(
      NodeSetup setup,
      Vertx vertx,
      BulkClient client,
      ClockWatch clock,
      Notes notes,
      Supplier<@Nullable Topology> topology,
      Runnable done) {
    this.setup = setup;
    this.vertx = vertx;
    this.client = client;
    this.clock = clock;
    this.notes = notes;
    this.meter = new WorkMeter(setup.bus(), WorkProgress.Kind.RECOVERY, setup.id(), "keys");
    this.topology = topology;
    this.done = done;
  }

  /** Begins once the members are known, and goes on at the marks of what was stopped before. */
  void start() {
    Run run = new Run();
    current = run;
    run.begin();
  }

  /**
   * Begins anew, whatever was fetched before: some of it may be lost again. Completes when no mark
   * says any more that it is here; until then this has to be done again after a restart.
   */
  Future<Void> startOver() {
    Run run = new Run();
    current = run;
    Promise<Void> unmarked = Promise.promise();
    run.unmark(unmarked);
    return unmarked.future();
  }

  void stop() {
    current = null;
  }

  /** From all members once; what it does when another one has begun, or none, counts no more. */
  private final class Run {
    private final ArrayDeque<Integer> remaining = new ArrayDeque<>();
    private final Set<Integer> cannotVouch = new HashSet<>();
    private final Map<Integer, Pull> pulls = new HashMap<>();
    private final Expected expected;
    private final Backoff backoff = new Backoff(250, 5_000, ThreadLocalRandom.current());

    Run() {
      RemoteHoldings remote = new RemoteHoldings(client, setup.config().cluster());
      expected = new Expected(remote, setup.id());
    }

    private boolean isWanted() {
      return current == this;
    }

    private void pause(Runnable then) {
      vertx.setTimer(
          backoff.nextMillis(),
          again -> {
            if (isWanted()) {
              then.run();
            }
          });
    }

    private void begin() {
      if (!isWanted()) {
        return;
      }
      Topology members = topology.get();
      if (members == null) {
        pause(this::begin);
        return;
      }
      meter.at(0, 0);
      remaining.clear();
      Steps.each(Round.others(members, setup.id()).iterator(), member -> recall(members, member))
          .onComplete(known -> next(), failure -> pause(this::begin));
    }

    /** Whoever ran before keeps no mark any more, and what it has sent is stored before these. */
    private void unmark(Promise<Void> unmarked) {
      Topology members = topology.get();
      if (members == null) {
        pause(() -> unmark(unmarked));
        return;
      }
      Steps.each(
              Round.others(members, setup.id()).iterator(),
              member -> PullMark.BEGINNING.keep(notes, member.id()))
          .onComplete(
              forgotten -> {
                unmarked.complete();
                begin();
              },
              failure -> {
                log.debug("Marks of the rebuild are kept, trying again", failure);
                pause(() -> unmark(unmarked));
              });
    }

    private Future<?> recall(Topology state, Member member) {
      return PullMark.recall(notes, member.id())
          .onSuccess(
              mark -> {
                pulls.put(member.id(), pullFrom(member.id(), mark));
                if (!mark.done()) {
                  remaining.add(member.id());
                  expected.ask(state, member);
                }
              });
    }

    private Pull pullFrom(int peer, PullMark mark) {
      return new Pull(setup, clock, notes, peer, mark, this::isWanted, this::tell);
    }

    private void tell() {
      // What was fetched before a restart is not counted again, so that there may be more to come.
      meter.at(records(), Math.max(records(), expected.total()));
    }

    private long records() {
      return pulls.values().stream().mapToLong(Pull::records).sum();
    }

    private void next() {
      if (!isWanted()) {
        return;
      }
      Integer peer = poll();
      if (peer == null) {
        forgetMarks();
        return;
      }
      Topology members = topology.get();
      Optional<Member> member = members == null ? Optional.empty() : members.member(peer);
      Pull pull = pulls.get(peer);
      if (member.isEmpty() || pull == null) {
        next();
      } else {
        pull(member.get(), pull, members.state().epoch());
      }
    }

    /** Who can vouch comes first. */
    private @Nullable Integer poll() {
      for (int turns = remaining.size(); turns > 0; turns--) {
        Integer first = remaining.remove();
        if (!cannotVouch.contains(first) || cannotVouch.containsAll(remaining)) {
          return first;
        }
        remaining.add(first);
      }
      return null;
    }

    private void pull(Member member, Pull pull, long epoch) {
      String name = member.host() + ":" + member.grpcPort();
      log.info("Asking {} to recover data for Worker {}", name, setup.id());
      pull.run(client, member, epoch)
          .onComplete(
              vouches -> pulled(member.id(), pull, vouches), failure -> failed(member, failure));
    }

    private void pulled(int peer, Pull pull, boolean vouches) {
      backoff.succeeded();
      if (!vouches && cannotVouch.add(peer)) {
        pull.rewind();
        remaining.add(peer);
      }
      next();
    }

    private void failed(Member member, Throwable failure) {
      if (isWanted() && backoff.attempts() == 0) {
        log.warn(
            "{} does not hand over data, trying again reason={}",
            member.name(),
            failure.getMessage());
      }
      remaining.add(member.id());
      pause(this::next);
    }

    /**
     * Before anything is concluded: a later rebuild, which fetches all anew, must not find them.
     */
    private void forgetMarks() {
      Steps.each(pulls.keySet().iterator(), peer -> PullMark.BEGINNING.keep(notes, peer))
          .onComplete(
              forgotten -> over(),
              failure -> {
                log.debug("Marks of the rebuild are kept, trying again", failure);
                pause(this::forgetMarks);
              });
    }

    private void over() {
      if (isWanted()) {
        log.info("Recovered from all other members records={}", records());
        meter.over();
        done.run();
      }
    }
  }
}
