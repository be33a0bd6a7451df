package dev.rondo.heartbeat;

import dev.rondo.bus.Fitness;
import dev.rondo.bus.Fitness.Finding;

/** Puts what the verticles found out together to one fitness. */
final class Findings {

  private Findings() {}

  static Fitness merge(Fitness fitness, Finding finding) {
    boolean identified = fitness.identified();
    boolean complete = fitness.complete();
    boolean caughtUp = fitness.caughtUp();
    boolean clockSound = fitness.clockSound();
    boolean storageOpen = fitness.storageOpen();
    boolean diskFull = fitness.diskFull();
    long clockOffsetMillis = fitness.clockOffsetMillis();
    if (finding instanceof Finding.Identified found) {
      identified = found.identified();
    } else if (finding instanceof Finding.Complete found) {
      complete = found.complete();
    } else if (finding instanceof Finding.CaughtUp found) {
      caughtUp = found.caughtUp();
    } else if (finding instanceof Finding.Clock found) {
      clockSound = found.sound();
      clockOffsetMillis = found.offsetMillis();
    } else if (finding instanceof Finding.Storage found) {
      storageOpen = found.open();
      diskFull = found.diskFull();
    }
    return new Fitness(
        identified, complete, caughtUp, clockSound, storageOpen, diskFull, clockOffsetMillis);
  }
}
