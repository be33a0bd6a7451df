package dev.rondo.bus;

import dev.rondo.core.record.Bytes;

/** Small named values in this worker's storage. */
public final class Remembering {

  private Remembering() {}

  /** Asks for the value of a name. */
  public record Recall(String name) {}

  /** The value; EMPTY when there is none. */
  public record Recalled(Bytes value) {}
}
