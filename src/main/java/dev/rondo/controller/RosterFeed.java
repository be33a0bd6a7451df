package dev.rondo.controller;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Roster;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Publishes the roster: at once when that matters, otherwise a few times a second. */
final class RosterFeed {

  private static final long PAUSE_MILLIS = 250;

  private final Vertx vertx;
  private final Bus bus;
  private final Supplier<Roster> roster;
  private boolean pending;

  RosterFeed(Vertx vertx, Bus bus, Supplier<Roster> roster) {
    this.vertx = vertx;
    this.bus = bus;
    this.roster = roster;
  }

  /** Something of the roster is different now. */
  void changed(boolean urgent) {
    if (urgent) {
      publish();
    } else if (!pending) {
      pending = true;
      vertx.setTimer(PAUSE_MILLIS, timer -> publishPending());
    }
  }

  private void publishPending() {
    if (pending) {
      publish();
    }
  }

  private void publish() {
    pending = false;
    bus.publish(Addresses.ROSTER_CHANGED, roster.get());
  }
}
