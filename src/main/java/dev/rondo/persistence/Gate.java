package dev.rondo.persistence;

import dev.rondo.bus.StorageFigures.Health;
import dev.rondo.bus.Storing;
import dev.rondo.vault.StoreState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the storage takes writes. Only the writer moves it; anybody may look.
 *
 * <p>A shortage of space passes: it ends a little above the reserve, so that the gate does not
 * flutter. A failure is for ever, until a person has seen to the disk and restarted the worker.
 */
final class Gate {

  private static final Logger log = LoggerFactory.getLogger(Gate.class);

  private final long reserveBytes;
  private final Runnable onChange;
  private volatile State state = State.OPEN;
  private volatile long freeBytes;

  Gate(long reserveBytes, Runnable onChange) {
    this.reserveBytes = reserveBytes;
    this.onChange = onChange;
  }

  /** Goes on where another one stopped. */
  void resume(StoreState before) {
    state =
        switch (before.health()) {
          case OPEN -> State.OPEN;
          case DISK_FULL -> before.outOfSpace() ? State.OUT_OF_SPACE : State.BELOW_RESERVE;
          case FAILED -> State.FAILED;
        };
  }

  enum State {
    OPEN,
    /** Little space is left; only what is small, or frees space, is written. */
    BELOW_RESERVE,
    /** The engine ran out of space and writes nothing before it is opened again. */
    OUT_OF_SPACE,
    FAILED
  }

  State state() {
    return state;
  }

  long freeBytes() {
    return freeBytes;
  }

  boolean hasFailed() {
    return state == State.FAILED;
  }

  /** Whether the engine may be written to at all. */
  boolean takesAny() {
    return state == State.OPEN || state == State.BELOW_RESERVE;
  }

  Health health() {
    return switch (state) {
      case OPEN -> Health.OPEN;
      case BELOW_RESERVE, OUT_OF_SPACE -> Health.DISK_FULL;
      case FAILED -> Health.FAILED;
    };
  }

  /** Why an entry cannot be written now; null when it can. */
  Storing.Result.@Nullable Refusal refusal(Storing.Entry entry) {
    boolean grows = entry instanceof Storing.Entry.Put || entry instanceof Storing.Entry.Hint;
    return switch (state) {
      case OPEN -> null;
      case BELOW_RESERVE -> grows ? Storing.Result.Refusal.DISK_FULL : null;
      case OUT_OF_SPACE -> Storing.Result.Refusal.DISK_FULL;
      case FAILED -> Storing.Result.Refusal.STORAGE_FAILED;
    };
  }

  /** Whether there is enough space to go on after a shortage. */
  boolean hasRoomAgain() {
    return freeBytes >= reserveBytes + reserveBytes / 8;
  }

  /** The free space was measured. */
  void measured(long free) {
    freeBytes = free;
    if (state == State.OPEN && free < reserveBytes) {
      move(State.BELOW_RESERVE);
    } else if (state == State.BELOW_RESERVE && hasRoomAgain()) {
      move(State.OPEN);
    }
  }

  /** A write found no space. */
  void ranOut() {
    if (state != State.FAILED) {
      move(State.OUT_OF_SPACE);
    }
  }

  /** The engine was opened again after it had run out of space. */
  void reopened() {
    move(State.OPEN);
  }

  /** The storage cannot be trusted any more. */
  void fail(String reason) {
    if (state != State.FAILED) {
      state = State.FAILED;
      log.error("Storage failed, this worker serves no more: reason={}", reason);
      onChange.run();
    }
  }

  private void move(State next) {
    if (next == state) {
      return;
    }
    state = next;
    onChange.run();
    if (next == State.OPEN) {
      log.info("Disk has space again, writes are accepted: freeBytes={}", freeBytes);
    } else {
      log.warn(
          "Disk is full, writes are refused: freeBytes={} reserveBytes={}",
          freeBytes,
          reserveBytes);
    }
  }
}
