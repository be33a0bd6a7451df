package dev.rondo.heartbeat;

import dev.rondo.bus.Fitness;
import dev.rondo.bus.Fitness.Finding;

/** Puts what the verticles found out together to one fitness. */
final class Findings {

  private Findings() {}

  static Fitness merge(Fitness fitness, Finding finding) {
    if (finding instanceof Finding.Identified found) {
      return new Fitness(
          found.identified(),
          fitness.complete(),
          fitness.clockSound(),
          fitness.storageOpen(),
          fitness.diskFull(),
          fitness.clockOffsetMillis());
    }
    if (finding instanceof Finding.Complete found) {
      return new Fitness(
          fitness.identified(),
          found.complete(),
          fitness.clockSound(),
          fitness.storageOpen(),
          fitness.diskFull(),
          fitness.clockOffsetMillis());
    }
    if (finding instanceof Finding.Clock found) {
      return new Fitness(
          fitness.identified(),
          fitness.complete(),
          found.sound(),
          fitness.storageOpen(),
          fitness.diskFull(),
          found.offsetMillis());
    }
    Finding.Storage found = (Finding.Storage) finding;
    return new Fitness(
        fitness.identified(),
        fitness.complete(),
        fitness.clockSound(),
        found.open(),
        found.diskFull(),
        fitness.clockOffsetMillis());
  }
}
