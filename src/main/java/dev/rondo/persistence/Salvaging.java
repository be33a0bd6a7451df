package dev.rondo.persistence;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges a store with damaged files for a salvaged one while the worker runs. Nobody reads or
 * writes meanwhile; the peers do without this worker for as long. Belongs to the writer, except
 * that anybody may {@link #accuse}.
 */
final class Salvaging {

  private static final Logger log = LoggerFactory.getLogger(Salvaging.class);

  /** A disk on which this happens again and again is not to be trusted. */
  private static final int TIMES_MAX = 4;

  private static final long WITHIN_NANOS = TimeUnit.HOURS.toNanos(1);

  private final EngineSlot slot;
  private final StoreFolder folder;
  private final Gate gate;
  private final ScrubMeters meters;
  private final Figures figures;
  private final Runnable onLoss;
  private final AtomicReference<@Nullable String> accused = new AtomicReference<>();
  private final Deque<Long> times = new ArrayDeque<>();

  Salvaging(
      EngineSlot slot,
      StoreFolder folder,
      Gate gate,
      ScrubMeters meters,
      Figures figures,
      Runnable onLoss) {
    this.slot = slot;
    this.folder = folder;
    this.gate = gate;
    this.meters = meters;
    this.figures = figures;
    this.onLoss = onLoss;
  }

  /** A file of the store was found damaged; the writer sees to it. */
  void accuse(String reason) {
    accused.set(reason);
  }

  /** What somebody has found since the last time, if anything. */
  @Nullable String accused() {
    return accused.getAndSet(null);
  }

  /**
   * The engine over what could be saved; null when the old one stays. Where there is none, because
   * the store could not be opened again, nothing can be copied: that is left to the next start.
   */
  @Nullable Engine salvage(String reason) {
    if (slot.isEmpty() || !hasRoom() || !hasTimesLeft()) {
      return null;
    }
    log.warn("Salvaging the storage reason={}", reason);
    long began = System.nanoTime();
    Saving saving = new Saving();
    try {
      Engine salvaged = slot.exchange(saving, saving);
      tell(saving, System.nanoTime() - began);
      return salvaged;
    } catch (RocksDBException | IOException failure) {
      log.error("Storage could not be salvaged: reason={}", failure.toString());
      if (slot.isEmpty()) {
        gate.fail(String.valueOf(failure.getMessage()));
      }
      return null;
    } finally {
      accused.set(null);
    }
  }

  /** What is copied, and then opened. */
  private final class Saving implements EngineSlot.Preparation, EngineSlot.Opening {
    private Salvage.@Nullable Outcome outcome;
    private StoreFolder.@Nullable Opened opened;

    @Override
    public void with(Engine last) throws RocksDBException, IOException {
      outcome = folder.salvage(last);
    }

    @Override
    public Engine open() throws RocksDBException, IOException {
      StoreFolder.Opened salvaged = folder.openSalvaged();
      opened = salvaged;
      return salvaged.engine();
    }
  }

  private void tell(Saving saving, long nanos) {
    Salvage.Outcome outcome = saving.outcome;
    StoreFolder.Opened opened = saving.opened;
    if (outcome == null || opened == null) {
      return;
    }
    meters.salvaged(outcome.lost());
    figures.setAside(String.valueOf(opened.setAside()));
    log.error(
        "Storage had damaged files and was salvaged: records={} lost={} othersLost={} hintsLost={}"
            + " aside={} in={}ms",
        outcome.records(),
        outcome.lost(),
        outcome.unknown(),
        outcome.hintsLost(),
        opened.setAside(),
        TimeUnit.NANOSECONDS.toMillis(nanos));
    if (outcome.unknown()) {
      onLoss.run();
    }
  }

  private boolean hasTimesLeft() {
    long now = System.nanoTime();
    times.removeIf(time -> now - time > WITHIN_NANOS);
    if (times.size() >= TIMES_MAX) {
      log.error("Storage is damaged again and again, the disk is not to be trusted");
      return false;
    }
    times.add(now);
    return true;
  }

  private boolean hasRoom() {
    try {
      Rescue.Room room = folder.roomToSalvage();
      if (room.suffices()) {
        return true;
      }
      log.error(
          "No room to salvage the storage: neededBytes={} freeBytes={}",
          room.needed(),
          room.free());
    } catch (IOException failure) {
      log.warn("Storage cannot be measured: reason={}", failure.toString());
    }
    return false;
  }
}
