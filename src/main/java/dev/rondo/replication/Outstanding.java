package dev.rondo.replication;

import dev.rondo.bus.PeerFault;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests that were written to one peer and are not answered, oldest first.
 *
 * <p>Nobody sets a timer for them. Of their deadlines only the earliest is known; when it has
 * passed, all are looked through once and the next one is found. While the peer answers that
 * happens about once in the length of a timeout, whatever the rate.
 */
final class Outstanding {

  private final Map<Long, Pending<?>> sent = new LinkedHashMap<>();
  private long nextDeadline = Long.MAX_VALUE;

  int size() {
    return sent.size();
  }

  void add(Pending<?> pending) {
    sent.put(pending.id(), pending);
    nextDeadline = Math.min(nextDeadline, pending.deadlineMillis());
  }

  /** The request with this id; null when it was given up before. */
  @Nullable Pending<?> take(long id) {
    return sent.remove(id);
  }

  /** When the oldest one was sent; {@link Long#MAX_VALUE} when there is none. */
  long oldestMillis() {
    return sent.isEmpty() ? Long.MAX_VALUE : sent.values().iterator().next().sentMillis();
  }

  /** Gives up what is past its deadline. */
  void expire(int peer, long nowMillis) {
    if (nowMillis < nextDeadline) {
      return;
    }
    nextDeadline = Long.MAX_VALUE;
    List<Pending<?>> late = new ArrayList<>();
    for (Iterator<Pending<?>> all = sent.values().iterator(); all.hasNext(); ) {
      Pending<?> pending = all.next();
      if (pending.deadlineMillis() <= nowMillis) {
        all.remove();
        late.add(pending);
      } else {
        nextDeadline = Math.min(nextDeadline, pending.deadlineMillis());
      }
    }
    late.forEach(pending -> pending.fail(peer, PeerFault.Kind.UNANSWERED, "no answer in time"));
  }

  /** Gives everything up. */
  void failAll(int peer, String why) {
    List<Pending<?>> all = List.copyOf(sent.values());
    sent.clear();
    nextDeadline = Long.MAX_VALUE;
    all.forEach(pending -> pending.fail(peer, PeerFault.Kind.UNANSWERED, why));
  }
}
