package dev.rondo.bus;

/** How the controller sees a worker. */
public enum WorkerStatus {
  /** It has not registered yet, or does not serve yet. */
  JOINING,
  ONLINE,
  /** Its process has gone or hangs, or was silent for too long. */
  OFFLINE,
  /** It is back and has not caught up yet: it takes writes and is asked last for reads. */
  RECOVERING,
  /** It is stopping of its own accord. */
  LEAVING
}
