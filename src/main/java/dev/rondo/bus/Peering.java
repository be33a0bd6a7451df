package dev.rondo.bus;

import dev.rondo.core.record.Key;

/**
 * Questions to one peer. A future fails with {@link PeerFault} when no answer came; its kind says
 * whether the peer may have acted all the same.
 */
public final class Peering {

  private Peering() {}

  /**
   * A copy ({@link Storing.Entry.Put}) or a hint for the peer to store.
   *
   * @param fresh it is of a write that was stamped just now, and of no use later; otherwise it
   *     comes out of a store
   */
  public record Send(int peer, Storing.Entry entry, boolean fresh) {

    /** What comes out of a store. */
    public Send(int peer, Storing.Entry entry) {
      this(peer, entry, false);
    }
  }

  /** Asks the peer what it holds of a key. */
  public record Fetch(int peer, Key key, Holding.Want want) {}

  /** Asks the peer whether it keeps a hint under a key. */
  public record FetchHint(int peer, Key key) {}

  /** A stamped write for the peer to coordinate. */
  public record ForwardWrite(int peer, Writing.Forwarded write) {}

  /** A read for the peer to coordinate. */
  public record ForwardRead(int peer, Reading.Read read) {}

  /** Asks the peer for a page of what it holds, deleted keys included. */
  public record ListPage(int peer, Scanning.Scan scan) {}

  /** Asks the peer's clock for a version. */
  public record AskStamp(int peer) {}
}
