package dev.rondo.simulation;

import dev.rondo.bus.PeerFault;
import java.util.function.Consumer;

/** A question to a peer that waits for its answer. */
final class Call<A> {

  private final Worker from;
  private final int peer;
  private final long sentAt;
  private final Consumer<A> answer;
  private final Consumer<PeerFault.Kind> fault;
  private boolean arrived;
  private boolean over;

  Call(Worker from, int peer, long sentAt, Consumer<A> answer, Consumer<PeerFault.Kind> fault) {
    this.from = from;
    this.peer = peer;
    this.sentAt = sentAt;
    this.answer = answer;
    this.fault = fault;
  }

  Worker from() {
    return from;
  }

  int peer() {
    return peer;
  }

  long sentAt() {
    return sentAt;
  }

  boolean isOver() {
    return over;
  }

  /** The question has come to the peer; returns whether for the first time. */
  boolean arrives() {
    boolean first = !arrived;
    arrived = true;
    return first;
  }

  /** The asking process is gone. */
  void forget() {
    over = true;
  }

  void answer(A given) {
    if (!over) {
      from.heard(peer);
      close();
      answer.accept(given);
    }
  }

  void fail(PeerFault.Kind kind) {
    if (!over) {
      close();
      fault.accept(kind);
    }
  }

  /** The connection is gone, and the question with it. */
  void broke(PeerFault.Kind kind) {
    if (!over) {
      from.broke(peer);
      fail(kind);
    }
  }

  private void close() {
    over = true;
    from.closed(this);
  }
}
