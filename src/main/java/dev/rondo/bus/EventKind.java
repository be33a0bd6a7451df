package dev.rondo.bus;

import dev.rondo.bus.ClusterEvent.Level;
import java.util.Locale;

/** All that can happen to a cluster. The page for operators says of each what to do about it. */
public enum EventKind {
  PROCESS_STARTED(Level.INFO),
  PROCESS_ADOPTED(Level.INFO),
  PROCESS_DIED(Level.WARN),
  PROCESS_RESTARTING(Level.INFO),
  PROCESS_GIVEN_UP(Level.ERROR),
  RESTART_REQUESTED(Level.INFO),
  REFUSED(Level.WARN),
  WORKER_REGISTERED(Level.INFO),
  WORKER_ONLINE(Level.INFO),
  WORKER_RECOVERING(Level.INFO),
  WORKER_LEAVING(Level.INFO),
  /** Expected after a stop, and for a person to mend when the storage has failed. */
  WORKER_OFFLINE(Level.WARN),
  REPAIRED(Level.INFO),
  STORAGE_DAMAGED(Level.WARN),
  RECORDS_MENDED(Level.INFO),
  RECORDS_DAMAGED(Level.WARN),
  STORAGE_LOST(Level.WARN),
  CLOCK_WRONG(Level.WARN),
  CLOCK_RIGHT(Level.INFO),
  /** Copies that nobody takes in, stamped by a clock that was wrong. */
  VERSIONS_AHEAD(Level.WARN),
  REPAIR_FINISHED(Level.INFO),
  REPAIR_REFUSED(Level.WARN),
  CONFIG_CHANGE_STARTED(Level.INFO),
  CONFIG_CHANGED(Level.INFO),
  CONFIG_CHANGE_FINISHED(Level.INFO),
  CONFIG_CHANGE_FAILED(Level.WARN),
  REDEPLOY_STARTED(Level.INFO),
  REDEPLOY_FINISHED(Level.INFO),
  VERTICLE_REDEPLOYED(Level.INFO),
  REDEPLOY_FAILED(Level.WARN),
  REDEPLOY_STOPPED(Level.WARN),
  STATE_NOT_SAVED(Level.ERROR);

  private final Level level;

  EventKind(Level level) {
    this.level = level;
  }

  /** The stable word for programs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How bad it usually is. */
  public Level level() {
    return level;
  }

  /** Whether it can be that bad, or that harmless. */
  public boolean canBe(Level other) {
    return other == level || this == WORKER_OFFLINE;
  }
}
