package dev.rondo.simulation;

import dev.rondo.core.merkle.RingCut;
import dev.rondo.core.purge.Clearance;
import dev.rondo.core.purge.PurgeLedger;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One worker of {@link Graves}: what it holds, and what it knows of the others. */
final class Grave {

  /** A value, or a tombstone where there is none. */
  record Held(Version version, boolean deleted) {}

  /** A copy for another worker. */
  record Hint(int owner, Key key, Held held) {}

  private final Graves world;
  private final int id;
  private final List<Runnable> backlog = new ArrayList<>();
  private final Map<Key, Held> records = new HashMap<>();
  private final List<Hint> hints = new ArrayList<>();
  private final List<Hint> unstored = new ArrayList<>();
  private final Map<Key, Long> late = new HashMap<>();
  private PurgeLedger ledger;
  private boolean up = true;
  private boolean paused;
  private boolean complete = true;
  private int incarnation;
  private long startedMillis;
  private long purged;

  Grave(Graves world, int id) {
    this.world = world;
    this.id = id;
    this.ledger = world.ledger(id);
  }

  int id() {
    return id;
  }

  /** Whether it can be asked. */
  boolean answers() {
    return up && !paused;
  }

  boolean isUp() {
    return up;
  }

  boolean isPaused() {
    return paused;
  }

  boolean isComplete() {
    return complete;
  }

  Map<Key, Held> records() {
    return records;
  }

  List<Hint> hints() {
    return hints;
  }

  long purged() {
    return purged;
  }

  PurgeLedger ledger() {
    return ledger;
  }

  /** Does something in this process, unless it dies before; while it is paused it waits. */
  void later(long millis, Runnable action) {
    int planned = incarnation;
    world
        .time()
        .after(
            millis,
            () -> {
              if (planned == incarnation && paused) {
                backlog.add(action);
              } else if (planned == incarnation && up) {
                action.run();
              }
            });
  }

  void crash() {
    up = false;
    paused = false;
    incarnation++;
    backlog.clear();
    unstored.clear();
  }

  void wipe() {
    records.clear();
    hints.clear();
    complete = false;
  }

  void start() {
    up = true;
    startedMillis = world.time().now();
    late.clear();
    world.keys().forEach(key -> late.put(key, startedMillis + 1));
    forget();
    tick();
  }

  void pause() {
    paused = true;
  }

  /** What it knew may have changed without it; then all that came meanwhile happens. */
  void resume() {
    paused = false;
    forget();
    List<Runnable> waiting = List.copyOf(backlog);
    backlog.clear();
    waiting.forEach(Runnable::run);
  }

  private void forget() {
    ledger = world.ledger(id);
  }

  void rebuilt() {
    complete = true;
  }

  /** Takes a copy; {@code fresh} when it is of a write that is under way. */
  boolean take(Key key, Held held, boolean fresh) {
    long now = world.time().now();
    long age = now - held.version().millis();
    if (fresh && age > Graves.FRESH) {
      return false;
    }
    Held before = records.get(key);
    if (before == null || held.version().isAfter(before.version())) {
      if (held.deleted() && age > Graves.FRESH / 2) {
        late.put(key, now + 1);
      }
      records.put(key, held);
    }
    return true;
  }

  /** Keeps a hint, as soon as the disk does; only for writes that are under way. */
  boolean keep(Hint hint) {
    if (world.time().now() - hint.held().version().millis() > Graves.FRESH) {
      return false;
    }
    long millis = world.diskMillis();
    if (millis == 0) {
      return hints.add(hint);
    }
    unstored.add(hint);
    later(
        millis,
        () -> {
          unstored.remove(hint);
          hints.add(hint);
        });
    return true;
  }

  /** Whether a tombstone is known to be everywhere. */
  boolean isRipe(Key key) {
    PurgeLedger.Ripe ripe = ripe(key);
    Held held = records.get(key);
    return ripe != null && held != null && held.version().millis() <= ripe.ripe();
  }

  private PurgeLedger.@Nullable Ripe ripe(Key key) {
    Held held = records.get(key);
    if (held == null || !held.deleted()) {
      return null;
    }
    long end = world.cut().to(world.arc(key));
    for (PurgeLedger.Ripe ripe : ledger.ripe()) {
      if (ripe.to() == end) {
        return late.getOrDefault(key, 0L) < ripe.sinceMillis() ? ripe : null;
      }
    }
    return null;
  }

  /** What it does every so often. */
  void tick() {
    later(
        250,
        () -> {
          deliver();
          askAround();
          ledger.advance(world.time().now(), world.time().now());
          purge();
          tick();
        });
  }

  private void deliver() {
    for (Hint hint : List.copyOf(hints)) {
      Grave owner = world.workers().get(hint.owner());
      if (owner.answers() && world.connects(id, hint.owner()) && world.isLucky()) {
        world.send(
            this,
            owner,
            () -> {
              owner.take(hint.key(), hint.held(), false);
              hints.remove(hint);
            });
      }
    }
  }

  private void askAround() {
    long asked = world.time().now();
    for (Grave member : world.workers()) {
      boolean reached = member.answers() && world.connects(id, member.id);
      ledger.cleared(member.id, reached ? member.clearance(asked) : null);
    }
  }

  /** None in time where what has to be stored before is not. */
  private @Nullable Clearance clearance(long asked) {
    if (!unstored.isEmpty() && world.bug() != GraveBug.OVERLOOKS_HINTS_TO_BE_STORED) {
      return null;
    }
    long waiting = world.bug() == GraveBug.OVERLOOKS_HINTS ? 0 : hints.size();
    return new Clearance(asked, startedMillis, complete, true, waiting, ripeByArc());
  }

  private List<Long> ripeByArc() {
    Map<Integer, Long> lateByArc = new HashMap<>();
    late.forEach((key, at) -> lateByArc.merge(world.arc(key), at, Math::max));
    return ledger.ripeByArc(arc -> lateByArc.getOrDefault(arc, 0L));
  }

  private void purge() {
    long age = world.time().now() - Graves.FRESH - Graves.HOLD;
    Iterator<Map.Entry<Key, Held>> all = records.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Key, Held> entry = all.next();
      Held held = entry.getValue();
      PurgeLedger.Ripe ripe = ripe(entry.getKey());
      boolean goes =
          world.bug() == GraveBug.PURGES_BY_AGE
              ? held.deleted() && held.version().millis() < age
              : ripe != null && held.version().millis() <= ripe.purge();
      if (goes) {
        all.remove();
        purged++;
      }
    }
  }

  /** An exchange with another owner is over. */
  void exchanged(Grave peer, Iterable<Integer> arcs, long began) {
    long now = world.time().now();
    RingCut cut = world.cut();
    for (int arc : arcs) {
      ledger.exchanged(peer.id, cut.to(arc), began, began, now);
    }
  }
}
