package dev.rondo.bus;

import io.vertx.core.Future;

/**
 * A verticle that another generation of itself can replace while the node runs.
 *
 * <p>Its {@code start} only prepares: it may load, ask, serve and follow, but it neither acts
 * outside nor owns what the generation before it still owns. Every method is called on the
 * verticle's own context, one after the other, never while another one is under way. With several
 * instances, each one takes over from the one with the same index.
 */
public interface Replaceable {

  /**
   * Begins to act: once after start, with {@link Handover#NOTHING} in the first generation of a
   * process, else with what the generation before gave; again, with its own state, when the
   * successor failed. Questions are held meanwhile, so one to this very verticle would wait for
   * itself. A failure drops this generation.
   */
  Future<Void> takeOver(Handover state);

  /**
   * Stops acting on what only one may own, and gives it away; what is in flight goes on. Takes
   * milliseconds, because questions are held meanwhile. When it fails, this generation stays, and
   * {@code takeOver} is not called again: it must leave things as they were.
   */
  Future<Handover> handOver();

  /** Completes when nothing is in flight that would be lost by undeploying; begins nothing new. */
  Future<Void> retire();

  /** How much is in flight that the bus does not see (HTTP requests, streams); for people. */
  default int inFlight() {
    return 0;
  }
}
