package dev.rondo.bus;

/** A peer did not answer. */
public final class PeerFault extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is known about the request. */
  public enum Kind {
    /** It was never sent: there is no connection, or the queue to the peer is full. */
    NOT_SENT,
    /** The connection broke, or the deadline passed, after it was sent. */
    UNANSWERED
  }

  private final Kind kind;

  public PeerFault(int peer, Kind kind, String what) {
    super("Worker " + peer + ": " + what, null, false, false);
    this.kind = kind;
  }

  /** Whether the peer may have acted on the request. */
  public Kind kind() {
    return kind;
  }
}
