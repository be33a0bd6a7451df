package dev.rondo.persistence;

import dev.rondo.bus.Storing.Result.Refusal;
import java.io.IOException;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that changes the store, and what follows when that goes wrong. Runs on the writer's
 * thread alone.
 *
 * <p>A shortage of space heals: the engine, which refuses all writes after one, is opened again
 * once there is room, and then holds every acknowledged record. Nothing else does: what an fsync
 * that failed had to write may be gone from memory too, and trying again would report success.
 */
final class WriteSide {

  private static final Logger log = LoggerFactory.getLogger(WriteSide.class);

  /** How much may be written before the free space is measured again. */
  private static final long UNMEASURED_MAX = 8 << 20;

  /** Ticks between two attempts to open the engine again; it reads its whole log each time. */
  private static final int PAUSE_MAX = 30;

  private final EngineSlot slot;
  private final StoreFolder folder;
  private final Gate gate;
  private final GroupCommit commit;
  private final FreeSpace space;
  private final Salvaging salvaging;

  /** The engine in the slot; closed, and not touched, while the gate says so. */
  private Engine engine;

  private long unmeasured;
  private int pausedTicks;
  private int pause;

  WriteSide(
      Engine engine,
      EngineSlot slot,
      StoreFolder folder,
      Gate gate,
      GroupCommit commit,
      FreeSpace space,
      Salvaging salvaging) {
    this.engine = engine;
    this.slot = slot;
    this.folder = folder;
    this.gate = gate;
    this.commit = commit;
    this.space = space;
    this.salvaging = salvaging;
  }

  /** Stores what can be stored and decides every entry. */
  void store(List<StoreRequest> requests) {
    measureWhenDue(requests);
    try {
      commit(requests);
    } catch (RocksDBException failure) {
      StorageFailure reason = StorageFailure.of(failure);
      notStored(reason);
      revoke(requests, !reason.leavesNothing());
    } catch (RuntimeException bug) {
      log.error("Storing failed unexpectedly", bug);
      gate.fail(bug.toString());
      revoke(requests, true);
    }
  }

  /** A batch that failed for damage counts for nothing, and is written to what was salvaged. */
  private void commit(List<StoreRequest> requests) throws RocksDBException {
    try {
      commit.commit(engine, requests);
    } catch (RocksDBException failure) {
      if (Fault.of(failure) != Fault.CORRUPT || !salvage(String.valueOf(failure.getMessage()))) {
        throw failure;
      }
      commit.commit(engine, requests);
    }
  }

  /** What could be salvaged was, where damage is the reason, and does not take the batch either. */
  private void notStored(StorageFailure failure) {
    if (failure.fault() == Fault.CORRUPT) {
      giveUp(failure.reason());
    } else {
      failed(failure);
    }
  }

  private boolean salvage(String reason) {
    commit.letGo();
    Engine salvaged = salvaging.salvage(reason);
    engine = salvaged == null ? engine : salvaged;
    return salvaged != null;
  }

  /**
   * A batch that the engine was given and failed to write may be in its log all the same, and come
   * back with the next start: what became of it cannot be said. Only where the log ran out of space
   * it can, see {@link StorageFailure#leavesNothing}.
   */
  private void revoke(List<StoreRequest> requests, boolean mayComeBack) {
    if (mayComeBack && commit.wasTried()) {
      StorageFault doubt = new StorageFault("the storage failed while it wrote");
      requests.forEach(request -> request.doubt(doubt));
    } else {
      Refusal refusal = gate.hasFailed() ? Refusal.STORAGE_FAILED : Refusal.DISK_FULL;
      requests.forEach(request -> request.revoke(refusal));
    }
  }

  /** Looks after the disk; about once a second. */
  void tick() {
    measureSpace();
    if (gate.hasFailed()) {
      return;
    }
    checkEngine();
    String accused = salvaging.accused();
    if (accused != null && gate.takesAny()) {
      salvage(accused);
    }
    switch (gate.state()) {
      case OPEN, BELOW_RESERVE -> sweepHints();
      case OUT_OF_SPACE -> reopen();
      case FAILED -> {}
    }
  }

  /** Makes durable what is written and not yet synced. */
  void sync() {
    try {
      if (gate.takesAny()) {
        commit.syncPending(engine);
      }
    } catch (RocksDBException failure) {
      failed(StorageFailure.of(failure));
    }
  }

  private void checkEngine() {
    try {
      StorageFailure background = gate.takesAny() ? engine.backgroundFailure() : null;
      if (background != null) {
        failed(background);
      }
    } catch (RocksDBException failure) {
      failed(StorageFailure.of(failure));
    }
  }

  private void sweepHints() {
    try {
      commit.sweepHints(engine);
    } catch (RocksDBException failure) {
      failed(StorageFailure.of(failure));
    }
  }

  /** A second is long when much is written. */
  private void measureWhenDue(List<StoreRequest> requests) {
    for (StoreRequest request : requests) {
      unmeasured += request.bytes();
    }
    if (unmeasured > UNMEASURED_MAX) {
      measureSpace();
    }
  }

  private void measureSpace() {
    unmeasured = 0;
    try {
      gate.measured(space.usableBytes());
    } catch (IOException failure) {
      log.warn("Free space cannot be measured: reason={}", failure.toString());
    }
  }

  private void reopen() {
    if (!gate.hasRoomAgain() || pausedTicks-- > 0) {
      return;
    }
    try {
      commit.letGo();
      engine = slot.exchange(folder::reopen);
      if (engine.isWritable()) {
        gate.reopened();
        pause = 0;
      } else {
        pause = Math.min(PAUSE_MAX, 2 * pause + 1);
      }
      pausedTicks = pause;
    } catch (RocksDBException failure) {
      failed(StorageFailure.of(failure));
    } catch (IOException failure) {
      failed(new StorageFailure(Fault.FATAL, failure.toString()));
    }
  }

  private void failed(StorageFailure failure) {
    switch (failure.fault()) {
      case NO_SPACE -> {
        gate.ranOut();
        measureSpace();
      }
      case CORRUPT -> {
        if (!salvage(failure.reason())) {
          giveUp(failure.reason());
        }
      }
      case LOCKED, FATAL -> gate.fail(failure.reason());
    }
  }

  /** Something went wrong that nobody has thought of: what is on the disk is not known any more. */
  void broke(Throwable bug) {
    log.error("Writing failed unexpectedly", bug);
    gate.fail(bug.toString());
  }

  /** Where all has failed with what was salvaged, that is in the place of what was damaged. */
  private void giveUp(String reason) {
    if (!gate.hasFailed()) {
      folder.condemn(reason);
    }
    gate.fail(reason);
  }

  /** Ends the writing; the engine stays open. */
  void close() {
    sync();
    commit.close();
  }
}
