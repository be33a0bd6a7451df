package dev.rondo.heartbeat;

import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.EventKind;
import dev.rondo.bus.StorageFigures;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the controller once of each store that was found damaged and set aside: also of one that
 * was found at the start, before there was a controller to tell.
 */
final class DamageNews {

  private final int self;
  private final Consumer<ClusterEvent> sink;
  private @Nullable String told;

  /**
   * What is to be told of worker {@code self}.
   *
   * @param told what another generation has told of last, if anything
   */
  DamageNews(int self, @Nullable String told, Consumer<ClusterEvent> sink) {
    this.self = self;
    this.told = told;
    this.sink = sink;
  }

  /** Takes figures over, while there is somebody to tell. */
  void learn(StorageFigures figures) {
    String aside = figures.setAside();
    if (aside != null && !aside.equals(told)) {
      told = aside;
      sink.accept(new ClusterEvent(EventKind.STORAGE_DAMAGED, self, text(aside)));
    }
  }

  /** What was told of last. */
  @Nullable String told() {
    return told;
  }

  private String text(String aside) {
    return ("Worker %d found damage in its storage and set it aside as %s; it goes on with what could"
            + " be saved, and fetches the rest from the other owners")
        .formatted(self, aside);
  }
}
