package dev.rondo.replication;

import dev.rondo.bus.PeerFault;
import dev.rondo.proto.Requests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Requests to one peer that were not written yet, bounded in number and in bytes. */
final class Outbox {

  private static final long BYTES_MAX = 64L << 20;

  private final ArrayDeque<Pending<?>> waiting = new ArrayDeque<>();
  private long bytes;
  private long nextDeadline = Long.MAX_VALUE;

  int size() {
    return waiting.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether one more request of this size may wait; an empty box takes any. */
  boolean hasRoomFor(int requestBytes) {
    return waiting.isEmpty() || bytes + requestBytes <= BYTES_MAX;
  }

  void add(Pending<?> pending) {
    waiting.add(pending);
    bytes += pending.bytes();
    nextDeadline = Math.min(nextDeadline, pending.deadlineMillis());
  }

  /**
   * The oldest requests, as many as make up one message; they are outstanding from now on.
   *
   * @param epoch of the state that this worker works by
   */
  Requests nextMessage(Outstanding outstanding, long nowMillis, long epoch) {
    Requests.Builder message = Requests.newBuilder().setEpoch(epoch);
    int messageBytes = 0;
    while (messageBytes < Transport.BATCH_BYTES) {
      Pending<?> next = waiting.poll();
      if (next == null) {
        break;
      }
      bytes -= next.bytes();
      messageBytes += next.bytes();
      message.addRequests(next.sending(nowMillis));
      outstanding.add(next);
    }
    return message.build();
  }

  /** Gives up what is past its deadline; happens only while the peer does not read. */
  void expire(int peer, long nowMillis) {
    if (nowMillis < nextDeadline) {
      return;
    }
    nextDeadline = Long.MAX_VALUE;
    // Whoever is told may ask again at once: first look through all, then tell.
    List<Pending<?>> late = new ArrayList<>();
    for (Iterator<Pending<?>> all = waiting.iterator(); all.hasNext(); ) {
      Pending<?> pending = all.next();
      if (pending.deadlineMillis() <= nowMillis) {
        all.remove();
        bytes -= pending.bytes();
        late.add(pending);
      } else {
        nextDeadline = Math.min(nextDeadline, pending.deadlineMillis());
      }
    }
    late.forEach(pending -> pending.fail(peer, PeerFault.Kind.NOT_SENT, "it does not read"));
  }

  /** Gives everything up. */
  void failAll(int peer, String why) {
    for (Pending<?> next = waiting.poll(); next != null; next = waiting.poll()) {
      next.fail(peer, PeerFault.Kind.NOT_SENT, why);
    }
    bytes = 0;
    nextDeadline = Long.MAX_VALUE;
  }
}
