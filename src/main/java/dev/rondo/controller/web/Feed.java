package dev.rondo.controller.web;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Events;
import dev.rondo.bus.Roster;
import dev.rondo.bus.Roster.Ask;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The live picture of the cluster: whoever watches gets a snapshot at once, then one on every
 * change that people react to, and one a second in any case, so that a silent line is known to be a
 * broken one. Changes in quick succession make one snapshot together.
 */
final class Feed {

  static final long GAP_MILLIS = 200;

  private static final long TICK_MILLIS = 1000;

  private final Vertx vertx;
  private final Board board;
  private final Set<Consumer<String>> watchers = new LinkedHashSet<>();
  private long shownAt;
  private boolean waiting;

  Feed(Vertx vertx, Board board) {
    this.vertx = vertx;
    this.board = board;
  }

  /**
   * Follows the cluster on the bus. It subscribes first and asks then, so that nothing is missed;
   * who serves the roster may start later.
   */
  void begin(Bus bus, long timeoutMillis) {
    bus.subscribe(Addresses.ROSTER_CHANGED, this::take);
    bus.subscribe(
        Addresses.EVENT_LOGGED,
        event -> {
          board.take(event);
          soon();
        });
    bus.subscribe(
        Addresses.LATE,
        late -> {
          board.take(late, System.currentTimeMillis());
          soon();
        });
    bus.ask(Addresses.EVENTS, latest(), timeoutMillis)
        .onSuccess(page -> page.events().forEach(board::take));
    ask(bus, timeoutMillis);
    vertx.setPeriodic(
        TICK_MILLIS,
        tick -> {
          ask(bus, timeoutMillis);
          show();
        });
  }

  /** The present snapshot, once anything is known. */
  Optional<JsonObject> snapshot() {
    return board.isKnown() ? Optional.of(board.next(System.currentTimeMillis())) : Optional.empty();
  }

  /** Fails while nothing is known of the cluster. */
  Future<JsonObject> known() {
    return snapshot()
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture("nothing is known of the cluster yet"));
  }

  /** Where the workers are, as far as anything is known. */
  Collection<String> workers() {
    return board.workers();
  }

  /** Shows a watcher every snapshot, as text, from now on. */
  void watch(Consumer<String> watcher) {
    watchers.add(watcher);
    snapshot().ifPresent(now -> watcher.accept(now.encode()));
  }

  /** Shows it no more. */
  void leave(Consumer<String> watcher) {
    watchers.remove(watcher);
  }

  private void ask(Bus bus, long timeoutMillis) {
    if (!board.isKnown()) {
      bus.ask(Addresses.ROSTER, Ask.NOW, timeoutMillis).onSuccess(this::first);
    }
  }

  /** A roster that was asked for may be older than one that came by itself. */
  private void first(Roster asked) {
    if (!board.isKnown()) {
      take(asked);
    }
  }

  private void take(Roster roster) {
    if (board.take(roster)) {
      soon();
    }
  }

  private void soon() {
    if (waiting) {
      return;
    }
    long wait = shownAt + GAP_MILLIS - System.currentTimeMillis();
    if (wait <= 0 || wait > GAP_MILLIS) {
      show();
    } else {
      waiting = true;
      vertx.setTimer(
          wait,
          now -> {
            waiting = false;
            show();
          });
    }
  }

  private void show() {
    shownAt = System.currentTimeMillis();
    if (!watchers.isEmpty()) {
      snapshot()
          .map(JsonObject::encode)
          .ifPresent(text -> Set.copyOf(watchers).forEach(watcher -> watcher.accept(text)));
    }
  }

  private static Events.Ask latest() {
    return new Events.Ask(Events.Ask.LATEST, Board.EVENTS_SHOWN);
  }
}
