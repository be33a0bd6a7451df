package dev.rondo.core.merkle;

/** Positions of the ring from {@code first} to {@code last}, both included, 0 to 2^32 - 1. */
public record Span(long first, long last) {

  public Span {
    if (first < 0 || first > last || last > 0xffffffffL) {
      throw new IllegalArgumentException("%d to %d is no span".formatted(first, last));
    }
  }
}
