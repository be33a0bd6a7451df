package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Inventory;
import dev.rondo.bus.WorkProgress.Kind;
import dev.rondo.core.member.Topology;
import dev.rondo.core.purge.PurgeLedger;
import dev.rondo.core.record.Bytes;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes copies that this worker holds and does not own, deletions included. Runs only while no
 * change of the quorums is under way, and a little at a time.
 *
 * <p>What cannot be confirmed by all owners stays, and is tried again later. So does what comes
 * again: a write that was under way, or a hint for a former owner, leaves a copy here that the next
 * run finds.
 */
final class Cleanup {

  private static final Logger log = LoggerFactory.getLogger(Cleanup.class);

  private static final int BATCH = 256;
  private static final long PAUSE_MILLIS = 20;

  /** Copies that were on their way while others were removed have arrived by then. */
  private static final long AGAIN_MILLIS = 60_000;

  private static final long IDLE_MILLIS = 600_000;

  private final RepairTools tools;
  private final Surplus surplus;
  private final WorkMeter meter;
  private final Backoff backoff = new Backoff(5_000, 60_000, ThreadLocalRandom.current());
  private @Nullable Topology topology;
  private Bytes cursor = Bytes.EMPTY;
  private boolean running;
  private long notBefore;
  private int generation;
  private long looked;
  private long followedMillis;
  private long begunMillis;
  private boolean clean;
  private long removed;

  Cleanup(RepairTools tools) {
    this.tools = tools;
    this.surplus = new Surplus(tools);
    this.meter = new WorkMeter(tools.setup().bus(), Kind.CLEANUP, tools.setup().id(), "keys");
  }

  /**
   * Whether the last run found nothing to remove, and began so late that no write which does not
   * know the state in force was under way any more.
   */
  boolean isClean() {
    return clean;
  }

  void follow(Topology newer) {
    topology = newer;
    followedMillis = Transport.millis();
    clean = false;
    generation++;
    running = false;
    trigger();
  }

  /** There may be something to remove now. */
  void trigger() {
    notBefore = Transport.millis();
    backoff.succeeded();
  }

  /** Begins a run if one is due. */
  void look() {
    Topology state = topology;
    if (state != null && mayRun(state)) {
      run(state);
    }
  }

  private boolean mayRun(Topology state) {
    return state.state().isSettled()
        && state.member(tools.setup().id()).isPresent()
        && !running
        && Transport.millis() >= notBefore;
  }

  private void run(Topology state) {
    running = true;
    looked = 0;
    removed = 0;
    begunMillis = Transport.millis();
    int mine = generation;
    cursor = Bytes.EMPTY;
    Run run = new Run(state, () -> mine == generation);
    Steps.repeat(() -> page(run))
        .onComplete(
            done -> {
              if (mine == generation) {
                finished(done.cause());
              }
            });
  }

  /** A run goes by one state, and ends when there is another one. */
  record Run(Topology state, BooleanSupplier wanted) {}

  private Future<Boolean> page(Run run) {
    Inventory.Surplus question = new Inventory.Surplus(run.state(), tools.setup().id(), cursor);
    return tools
        .setup()
        .bus()
        .ask(Addresses.SURPLUS, question, Comparison.DEADLINE_MILLIS)
        .compose(
            page -> {
              Bytes next = page.next();
              cursor = next == null ? Bytes.EMPTY : next;
              return Steps.each(batches(page.items()), batch -> remove(run, batch))
                  .map(next != null);
            });
  }

  private static Iterator<List<Inventory.Item>> batches(List<Inventory.Item> items) {
    return IntStream.iterate(0, from -> from < items.size(), from -> from + BATCH)
        .mapToObj(from -> items.subList(from, Math.min(items.size(), from + BATCH)))
        .iterator();
  }

  private Future<?> remove(Run run, List<Inventory.Item> batch) {
    meter.at(looked, 0);
    return surplus
        .remove(run, batch)
        .onSuccess(
            gone -> {
              looked += batch.size();
              removed += gone;
            })
        .compose(gone -> tools.vertx().timer(PAUSE_MILLIS));
  }

  private void finished(@Nullable Throwable failure) {
    running = false;
    meter.over();
    clean =
        failure == null && looked == 0 && begunMillis - followedMillis >= PurgeLedger.FRESH_MILLIS;
    if (looked > 0 || failure != null) {
      log.info(
          "Removed copies that are not owned count={} kept={} failure={}",
          removed,
          looked - removed,
          failure == null ? "none" : failure.getMessage());
    }
    notBefore = Transport.millis() + pauseMillis(failure != null);
  }

  private long pauseMillis(boolean failed) {
    if (failed || removed < looked) {
      return backoff.nextMillis();
    }
    backoff.succeeded();
    return removed > 0 || !clean ? AGAIN_MILLIS : IDLE_MILLIS;
  }

  /** Looks again when another generation would have. */
  void resume(long millis) {
    notBefore = millis;
  }

  /** When it looks again. */
  long notBefore() {
    return running ? Transport.millis() : notBefore;
  }

  void stop() {
    generation++;
    running = false;
  }
}
