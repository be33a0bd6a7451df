package dev.rondo.bus;

/** Asking this worker's clock for a fresh version. */
public final class Stamping {

  private Stamping() {}

  /** Asks for one version. */
  public enum Ask {
    FRESH
  }
}
