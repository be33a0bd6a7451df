package dev.rondo.bus;

/** Restarting a worker. */
public final class Restarting {

  private Restarting() {}

  /** Stop the worker cleanly and start it again; a worker that was given up is started. */
  public record Restart(int worker) {}

  /** What became of it. */
  public enum Outcome {
    ACCEPTED,
    /** The worker was not started by this controller. */
    NOT_SUPERVISED,
    /** A stop or a start is under way. */
    BUSY
  }
}
