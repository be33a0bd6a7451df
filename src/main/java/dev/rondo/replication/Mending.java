package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Damaged;
import dev.rondo.bus.EventKind;
import dev.rondo.bus.WorkProgress.Kind;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches anew what this worker holds and cannot read. A comparison does not find it: the index
 * still knows the version, and is right.
 *
 * <p>Every run asks another owner for each key, so that one which holds an older version, or cannot
 * read its own, does not stand in the way. A record that nobody has in the version that was lost
 * stays missing here, and reads are left to the others, until somebody writes the key.
 */
final class Mending {

  private static final Logger log = LoggerFactory.getLogger(Mending.class);

  private static final int BATCH = 256;
  private static final int TURNS = 1 << 20;

  /** Runs until it is said that some stay damaged. */
  private static final int PATIENCE = 6;

  private final RepairTools tools;
  private final WorkMeter meter;
  private final Backoff backoff = new Backoff(500, 60_000, ThreadLocalRandom.current());
  private @Nullable Topology topology;
  private boolean running;
  private boolean stopped;
  private long notBefore;
  private int turn;
  private int asked;
  private int healed;
  private @Nullable Key last;

  Mending(RepairTools tools) {
    this.tools = tools;
    this.meter = new WorkMeter(tools.setup().bus(), Kind.MENDING, tools.setup().id(), "records");
  }

  void follow(Topology newer) {
    topology = newer;
  }

  /** Begins a run when there is something to fetch. */
  void look() {
    if (!running && !stopped && topology != null && Transport.millis() >= notBefore) {
      running = true;
      asked = 0;
      last = null;
      Steps.repeat(this::batch).onComplete(done -> finished(done.cause()));
    }
  }

  private Future<Boolean> batch() {
    return damaged(last)
        .map(Damaged.Keys::keys)
        .compose(
            keys -> {
              if (keys.isEmpty() || stopped) {
                return Future.succeededFuture(false);
              }
              last = keys.get(keys.size() - 1);
              meter.at(asked, 0);
              asked += keys.size();
              return fetch(keys).map(fetched -> true);
            });
  }

  private Future<Damaged.Keys> damaged(@Nullable Key after) {
    long timeout = tools.setup().config().timeouts().storeMillis();
    return tools.setup().bus().ask(Addresses.DAMAGED, new Damaged.Ask(after, BATCH), timeout);
  }

  private Future<Void> fetch(List<Key> keys) {
    return Steps.each(
        byOwner(keys).entrySet().iterator(),
        owner ->
            new Portion(tools)
                .each(owner.getValue(), some -> fetch(owner.getKey(), some))
                .recover(failure -> notFetched(owner.getKey(), failure)));
  }

  private Future<Long> fetch(int owner, List<Key> keys) {
    return tools.transfer().fetch(owner, keys).map(Transfer.Fetched::bytes);
  }

  /** The others have their turn; the next run asks somebody else for these. */
  private static Future<Void> notFetched(int owner, Throwable failure) {
    log.debug("Worker {} does not hand over what is damaged here", owner, failure);
    return Future.succeededFuture();
  }

  private Map<Integer, List<Key>> byOwner(List<Key> keys) {
    Map<Integer, List<Key>> byOwner = new TreeMap<>();
    for (Key key : keys) {
      List<Integer> others = others(key);
      if (!others.isEmpty()) {
        int owner = others.get(turn % others.size());
        byOwner.computeIfAbsent(owner, first -> new ArrayList<>()).add(key);
      }
    }
    return byOwner;
  }

  private List<Integer> others(Key key) {
    Topology state = topology;
    return state == null
        ? List.of()
        : state.preferenceList(key).owners(state.state().ownersMax()).stream()
            .filter(owner -> owner != tools.setup().id() && tools.isReachable(owner))
            .toList();
  }

  private void finished(@Nullable Throwable failure) {
    turn = (turn + 1) % TURNS;
    if (asked == 0 && failure == null) {
      over();
      return;
    }
    damaged(null).map(Damaged.Keys::count).onComplete(this::review, unknown -> again());
  }

  private void review(int left) {
    healed += Math.max(0, asked - left);
    if (left == 0) {
      log.info("Damaged records are written anew count={}", healed);
      tell(
          EventKind.RECORDS_MENDED,
          "Worker %d has fetched %d damaged records from the other owners and written them anew"
              .formatted(tools.setup().id(), healed));
      over();
      return;
    }
    if (backoff.attempts() == PATIENCE) {
      log.warn(
          "Records stay damaged, other owners lack their versions or are away count={} key='{}'",
          left,
          last == null ? "" : last.printable());
      tell(
          EventKind.RECORDS_DAMAGED,
          "Worker %d cannot mend %d damaged records: the other owners lack them or are away"
              .formatted(tools.setup().id(), left));
    }
    again();
  }

  private void again() {
    running = false;
    notBefore = Transport.millis() + backoff.nextMillis();
  }

  private void tell(EventKind kind, String text) {
    tools.setup().bus().publish(Addresses.EVENT, new ClusterEvent(kind, tools.setup().id(), text));
  }

  private void over() {
    running = false;
    healed = 0;
    backoff.succeeded();
    meter.over();
  }

  void resume() {
    stopped = false;
  }

  void stop() {
    stopped = true;
  }
}
