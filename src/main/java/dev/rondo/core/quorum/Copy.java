package dev.rondo.core.quorum;

/**
 * One copy of a write on its way: to the {@code owner} itself, or as a hint for the owner to
 * another worker, the {@code holder}.
 */
public record Copy(int holder, int owner) {

  /** Whether the copy waits at a stand-in for its owner. */
  public boolean isHint() {
    return holder != owner;
  }
}
