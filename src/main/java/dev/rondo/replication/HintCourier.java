package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Hinting;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.Storing;
import dev.rondo.bus.WorkProgress;
import dev.rondo.config.Timeouts;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the hints that wait for one peer to it, oldest first. Only what the peer has confirmed is
 * deleted. A hint that it does not confirm is passed over, so that it holds up none behind it; a
 * later run, which begins with the oldest again, tries it once more. A peer that takes nothing at
 * present, or says nothing, ends the run.
 */
final class HintCourier {

  private static final Logger log = LoggerFactory.getLogger(HintCourier.class);

  private static final int LIMIT_MAX = 256;
  private static final long BATCH_BYTES = 2 << 20;

  private final PeerLink link;
  private final BooleanSupplier wanted;
  private final Bus bus;
  private final Timeouts timeouts;
  private final WorkMeter meter;
  private final Backoff backoff = new Backoff(1_000, 30_000, ThreadLocalRandom.current());
  private boolean running;
  private long notBefore = Long.MIN_VALUE;
  private int limit = 16;
  private long delivered;
  private long passedOver;
  private long total;

  /** Goes only while that is {@code wanted}. */
  HintCourier(PeerLink link, NodeSetup setup, BooleanSupplier wanted) {
    this.link = link;
    this.wanted = wanted;
    this.bus = setup.bus();
    this.timeouts = setup.config().timeouts();
    this.meter = new WorkMeter(bus, WorkProgress.Kind.HINTS, link.peer().id(), "hints");
  }

  boolean isRunning() {
    return running;
  }

  /** Looks whether there is anything to deliver, unless that goes on, or failed just now. */
  void look() {
    if (!running && link.isConnected() && Transport.millis() >= notBefore) {
      running = true;
      delivered = 0;
      passedOver = 0;
      total = 0;
      fetch(0);
    }
  }

  /** The peer has come back: a failure from before says nothing any more. */
  void hurry() {
    notBefore = Long.MIN_VALUE;
    look();
  }

  private void fetch(long after) {
    if (!wanted.getAsBoolean()) {
      finish(false);
      return;
    }
    bus.ask(
            Addresses.HINTS,
            new Hinting.Waiting(link.peer().id(), after, limit),
            timeouts.storeMillis())
        .onComplete(hints -> deliver(hints.hints()), failure -> finish(false));
  }

  private void deliver(List<Hinting.Hint> hints) {
    if (hints.isEmpty()) {
      finish(passedOver == 0);
      return;
    }
    if (total == 0) {
      count();
    }
    Batch batch = new Batch(hints);
    for (Hinting.Hint hint : hints) {
      Storing.Entry copy = new Storing.Entry.Put(hint.key(), hint.record());
      link.ask(WireRequests.send(copy), WireAnswers::stored, timeouts.replicaMillis())
          .onComplete(result -> batch.answered(hint, result), failure -> batch.settled());
    }
  }

  /** How much there is to do, for people to see; hints that come meanwhile count when they go. */
  private void count() {
    bus.ask(Addresses.STORAGE_FIGURES, StorageFigures.Ask.NOW, timeouts.storeMillis())
        .onSuccess(
            figures -> {
              total = delivered + figures.hints().getOrDefault(link.peer().id(), 0L);
              tell();
            });
  }

  private void tell() {
    if (running) {
      meter.at(delivered, Math.max(delivered, total));
    }
  }

  private void over(Batch batch) {
    passedOver += batch.hints.size() - batch.confirmed.size();
    forget(batch.confirmed)
        .onComplete(
            gone -> {
              delivered += batch.confirmed.size();
              link.meters().hintsDelivered(batch.confirmed.size());
              tell();
              if (batch.isWorthMore()) {
                fetch(batch.last());
              } else {
                finish(false);
              }
            },
            failure -> finish(false));
  }

  /** Fails where they stay, as on a full disk: they would be delivered again at once. */
  private Future<?> forget(List<Long> sequences) {
    if (sequences.isEmpty()) {
      return Future.succeededFuture();
    }
    Storing.Entry done = new Storing.Entry.Delivered(link.peer().id(), sequences);
    return bus.ask(Addresses.STORE, new Storing.Store(List.of(done)), timeouts.storeMillis())
        .compose(stored -> stored.orFail("hints stay"));
  }

  private void finish(boolean all) {
    running = false;
    meter.over();
    if (all) {
      backoff.succeeded();
    } else {
      notBefore = Transport.millis() + backoff.nextMillis();
    }
    if (delivered > 0) {
      log.info(
          "Delivered hints worker={} count={} all={} notConfirmed={}",
          link.peer().id(),
          delivered,
          all,
          passedOver);
    }
  }

  /** Hints on their way together. */
  private final class Batch {
    private final List<Hinting.Hint> hints;
    private final List<Long> confirmed;
    private int open;
    private boolean speaks;
    private boolean full;

    Batch(List<Hinting.Hint> hints) {
      this.hints = hints;
      this.confirmed = new ArrayList<>(hints.size());
      this.open = hints.size();
      adapt();
    }

    /** Few large values or many small ones: a batch should fit comfortably into memory. */
    private void adapt() {
      long bytes = 0;
      for (Hinting.Hint hint : hints) {
        bytes += hint.record().encoded().length();
      }
      if (bytes > BATCH_BYTES) {
        limit = Math.max(1, limit / 2);
      } else if (bytes < BATCH_BYTES / 4) {
        limit = Math.min(LIMIT_MAX, limit * 2);
      }
    }

    void answered(Hinting.Hint hint, Storing.Result result) {
      speaks = true;
      if (!(result instanceof Storing.Result.Refusal)) {
        confirmed.add(hint.sequence());
      } else if (result != Storing.Result.Refusal.CLOCK_DRIFT) {
        // It is no fault of this hint: those behind it would be refused as well.
        full = true;
      }
      settled();
    }

    /** One more is answered, or will not be. */
    void settled() {
      open--;
      if (open == 0) {
        over(this);
      }
    }

    /** Whether the peer may take those that come next. */
    boolean isWorthMore() {
      return speaks && !full;
    }

    long last() {
      return hints.get(hints.size() - 1).sequence();
    }
  }
}
