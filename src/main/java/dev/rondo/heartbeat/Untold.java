package dev.rondo.heartbeat;

import dev.rondo.bus.ClusterEvent;
import dev.rondo.proto.Event;
import dev.rondo.proto.FromWorker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Events that nobody was there to hear, in their order; of very many the last ones. */
final class Untold {

  static final int EVENTS_MAX = 64;

  private final Deque<ClusterEvent> events = new ArrayDeque<>();

  /** What was not told before, if anything. */
  Untold(List<ClusterEvent> before) {
    before.forEach(this::add);
  }

  List<ClusterEvent> all() {
    return List.copyOf(events);
  }

  final void add(ClusterEvent event) {
    if (events.size() == EVENTS_MAX) {
      events.removeFirst();
    }
    events.addLast(event);
  }

  /** Tells each of them, once. */
  void tell(Consumer<FromWorker> controller) {
    while (!events.isEmpty()) {
      controller.accept(words(events.removeFirst()));
    }
  }

  private static FromWorker words(ClusterEvent event) {
    return FromWorker.newBuilder()
        .setEvent(
            Event.newBuilder()
                .setKind(event.kind())
                .setLevel(Event.Level.valueOf(event.level().name()))
                .setText(event.text()))
        .build();
  }
}
