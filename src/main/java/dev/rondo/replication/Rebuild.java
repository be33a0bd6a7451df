package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Notes;
import dev.rondo.bus.Storing;
import dev.rondo.bus.WorkProgress;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
  private final Notes notes;
  private final Supplier<@Nullable Topology> topology;
  private final Runnable done;
  private final WorkMeter meter;
  private final ArrayDeque<Integer> remaining = new ArrayDeque<>();
  private final Set<Integer> cannotVouch = new HashSet<>();
  private final Map<Integer, Pull> pulls = new HashMap<>();
  private final Backoff backoff = new Backoff(250, 5_000, ThreadLocalRandom.current());
  private boolean stopped;

  Rebuild(
      NodeSetup setup,
      Vertx vertx,
      BulkClient client,
      Notes notes,
      Supplier<@Nullable Topology> topology,
      Runnable done) {
    this.setup = setup;
    this.vertx = vertx;
    this.client = client;
    this.notes = notes;
    this.meter = new WorkMeter(setup.bus(), WorkProgress.Kind.RECOVERY, setup.id(), "keys");
    this.topology = topology;
    this.done = done;
  }

  /** Begins once the members are known. */
  void start() {
    stopped = false;
    Topology members = topology.get();
    if (members == null) {
      pause();
      return;
    }
    meter.at(0, 0);
    Steps.each(Round.others(members, setup.id()).iterator(), this::recall)
        .onComplete(known -> next(), failure -> restart());
  }

  private Future<?> recall(Member member) {
    return PullMark.recall(notes, member.id())
        .onSuccess(
            mark -> {
              pulls.put(member.id(), new Pull(setup, member.id(), mark, this::tell));
              if (!mark.done()) {
                remaining.add(member.id());
              }
            });
  }

  private void restart() {
    remaining.clear();
    pulls.clear();
    pause();
  }

  private void tell() {
    meter.at(records(), 0);
  }

  void stop() {
    stopped = true;
  }

  private void pause() {
    vertx.setTimer(backoff.nextMillis(), again -> resume());
  }

  private void resume() {
    if (remaining.isEmpty() && pulls.isEmpty()) {
      start();
    } else {
      next();
    }
  }

  private void next() {
    if (stopped) {
      return;
    }
    Integer peer = poll();
    if (peer == null) {
      log.info("Recovered from all other members records={}", records());
      meter.over();
      forgetMarks();
      done.run();
      return;
    }
    Topology members = topology.get();
    Optional<Member> member = members == null ? Optional.empty() : members.member(peer);
    if (member.isEmpty()) {
      next();
    } else {
      pull(member.get());
    }
  }

  /** Where they stay, for want of space or because this stops now, they mean nothing any more. */
  private void forgetMarks() {
    List<Storing.Entry> marks = new ArrayList<>();
    pulls.keySet().forEach(peer -> marks.add(PullMark.BEGINNING.note(peer)));
    long timeout = setup.config().timeouts().storeMillis();
    setup
        .bus()
        .ask(Addresses.STORE, new Storing.Store(marks), timeout)
        .onFailure(failure -> log.debug("Marks of the rebuild are kept", failure));
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

  private void pull(Member member) {
    log.info(
        "Asking {}:{} to recover data for Worker {}", member.host(), member.grpcPort(), setup.id());
    pullFrom(member.id())
        .run(client, member)
        .onComplete(vouches -> pulled(member.id(), vouches), failure -> failed(member, failure));
  }

  private Pull pullFrom(int peer) {
    return pulls.computeIfAbsent(
        peer, first -> new Pull(setup, peer, PullMark.BEGINNING, this::tell));
  }

  private void pulled(int peer, boolean vouches) {
    backoff.succeeded();
    if (!vouches && cannotVouch.add(peer)) {
      pullFrom(peer).rewind();
      remaining.add(peer);
    }
    next();
  }

  private void failed(Member member, Throwable failure) {
    if (backoff.attempts() == 0) {
      log.warn(
          "{} does not hand over data, trying again reason={}",
          member.name(),
          failure.getMessage());
    }
    remaining.add(member.id());
    pause();
  }

  private long records() {
    return pulls.values().stream().mapToLong(Pull::records).sum();
  }
}
