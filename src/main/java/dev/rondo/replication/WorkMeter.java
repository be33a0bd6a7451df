package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.WorkProgress;

/** Tells how far one piece of background work has come, a few times a second at most. */
final class WorkMeter {

  private static final long PAUSE_MILLIS = 250;

  /** Work that stands still is told again, for whoever was not listening. */
  private static final long REPEAT_MILLIS = 5_000;

  private final Bus bus;
  private final WorkProgress.Kind kind;
  private final int worker;
  private final String unit;
  private long done;
  private long total;
  private long toldMillis;
  private long toldDone;
  private boolean told;

  WorkMeter(Bus bus, WorkProgress.Kind kind, int worker, String unit) {
    this.bus = bus;
    this.kind = kind;
    this.worker = worker;
    this.unit = unit;
  }

  /** It has come so far; a total of 0 is not known. */
  void at(long newDone, long newTotal) {
    done = newDone;
    total = newTotal;
    long now = Transport.millis();
    long pause = done == toldDone ? REPEAT_MILLIS : PAUSE_MILLIS;
    if (!told || now - toldMillis >= pause) {
      told = true;
      toldMillis = now;
      toldDone = done;
      tell(false);
    }
  }

  /** It is over; nobody is told of work that never began. */
  void over() {
    if (told) {
      told = false;
      tell(true);
    }
  }

  private void tell(boolean over) {
    bus.publish(Addresses.WORK, new WorkProgress(kind, worker, done, total, unit, over));
  }
}
