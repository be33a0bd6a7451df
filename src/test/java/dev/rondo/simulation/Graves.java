package dev.rondo.simulation;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.merkle.RingCut;
import dev.rondo.core.purge.PurgeLedger;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Deletions over long times: workers that are away for long, lose their disks, stop in the middle
 * of a write; hints that wait or are dropped, messages that come late; exchanges, and tombstones
 * that are purged by the {@link PurgeLedger} meanwhile. What was deleted must not come back.
 *
 * <p>Coarser than {@link Simulation}: requests are a matter of milliseconds here and of no further
 * interest, and times are in milliseconds.
 */
final class Graves {

  static final long FRESH = 4_000;
  static final long HOLD = 2_000;

  private static final long TROUBLE = 90_000;
  private static final long SETTLING = 60_000;
  private static final long EXCHANGES = 8_000;
  private static final int COPIES = 3;

  private final Random random;
  private final Random disks;
  private final GraveBug bug;
  private final Timeline time = new Timeline();
  private final Topology topology;
  private final RingCut cut;
  private final List<Key> keys;
  private final List<Grave> workers;
  private final boolean[][] apart;
  private final Map<Key, Version> acknowledged = new HashMap<>();
  private final Map<Key, Version> deleted = new HashMap<>();
  private final Set<Version> stamped = new HashSet<>();
  private boolean open = true;
  private int counter;

  Graves(long seed, GraveBug bug) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.disks = new Random(seed);
    this.bug = bug;
    int size = 3 + random.nextInt(3);
    List<Member> members =
        IntStream.range(0, size).mapToObj(i -> new Member(i, "127.0.0.1", 1 + i, 101 + i)).toList();
    this.topology = new Topology(new ClusterState(1, 2, new Quorums(COPIES, 2, 2), members));
    this.cut = RingCut.of(topology.ring());
    this.keys = IntStream.range(0, 4).mapToObj(i -> Key.of("key" + random.nextInt(99))).toList();
    this.apart = new boolean[size][size];
    this.workers = IntStream.range(0, size).mapToObj(id -> new Grave(this, id)).toList();
  }

  /** Lives, heals, and checks; throws a {@link Violation}. */
  void run() {
    workers.forEach(Grave::start);
    time.after(1, this::write);
    time.after(1, this::exchange);
    time.after(500, this::strike);
    time.runUntil(TROUBLE);
    open = false;
    workers.forEach(this::heal);
    join();
    time.runUntil(TROUBLE + SETTLING);
    keys.forEach(this::check);
  }

  private void check(Key key) {
    Version last = acknowledged.getOrDefault(key, Version.NONE);
    for (int owner : owners(key)) {
      Grave.Held held = workers.get(owner).records().get(key);
      if (held != null && last.isAfter(held.version())) {
        throw new Violation("%s of worker %d is older than %s".formatted(held, owner, last));
      }
      if (held == null && last.isAfter(deleted.getOrDefault(key, Version.NONE))) {
        throw new Violation("%s is lost at worker %d".formatted(key, owner));
      }
      if (held != null && held.deleted() && bug == GraveBug.NONE) {
        throw new Violation(
            "%s is never purged from worker %d, waits for %s"
                .formatted(held, owner, workers.get(owner).ledger().obstacles()));
      }
    }
  }

  /** How many tombstones were purged. */
  long purged() {
    return workers.stream().mapToLong(Grave::purged).sum();
  }

  PurgeLedger ledger(int worker) {
    return new PurgeLedger(worker, topology, FRESH, HOLD);
  }

  Timeline time() {
    return time;
  }

  GraveBug bug() {
    return bug;
  }

  List<Grave> workers() {
    return workers;
  }

  List<Key> keys() {
    return keys;
  }

  RingCut cut() {
    return cut;
  }

  int arc(Key key) {
    return cut.arcOf(cut.depth(), cut.bucketOf(key.position()));
  }

  private List<Integer> owners(Key key) {
    return topology.preferenceList(key).owners(COPIES);
  }

  /** Couriers rest for long after a failure. */
  boolean isLucky() {
    return !open || random.nextInt(100) == 0;
  }

  /**
   * Mostly it takes no time; now and then a disk hangs for long. Not where another bug is to be
   * found: nothing is purged meanwhile, and so that one is found less often.
   */
  long diskMillis() {
    boolean hangs = bug == GraveBug.NONE || bug == GraveBug.OVERLOOKS_HINTS_TO_BE_STORED;
    return hangs && disks.nextInt(20) == 0 ? disks.nextInt(30_000) : 0;
  }

  boolean connects(int one, int other) {
    return !apart[one][other];
  }

  /** Mostly at once, now and then very late, but never later than what the rules allow for. */
  void send(Grave from, Grave to, Runnable message) {
    long delay = random.nextInt(12) == 0 ? random.nextInt((int) HOLD - 500) : random.nextInt(20);
    if (from.answers() && connects(from.id(), to.id())) {
      to.later(1 + delay, message);
    }
  }

  private void write() {
    if (!open) {
      return;
    }
    Key key = keys.get(random.nextInt(keys.size()));
    List<Integer> able =
        owners(key).stream()
            .filter(id -> workers.get(id).answers() && workers.get(id).isComplete())
            .toList();
    if (!able.isEmpty()) {
      coordinate(workers.get(able.get(random.nextInt(able.size()))), key);
    }
    time.after(20 + random.nextInt(random.nextInt(20) == 0 ? 20_000 : 300), this::write);
  }

  private void coordinate(Grave coordinator, Key key) {
    Version version = stamp(coordinator, key);
    Grave.Held held = new Grave.Held(version, random.nextInt(3) > 0);
    if (held.deleted()) {
      // Also one that nobody acknowledges may do its work.
      deleted.merge(key, version, Version::max);
    }
    Set<Integer> durable = new HashSet<>();
    // The process may stop between any two of these.
    for (int owner : owners(key)) {
      coordinator.later(
          random.nextInt(random.nextInt(5) == 0 ? 1_500 : 3),
          () -> copy(coordinator, owner, key, held, durable));
    }
  }

  private Version stamp(Grave coordinator, Key key) {
    boolean again = bug == GraveBug.REUSES_A_VERSION && random.nextInt(50) == 0;
    Grave.Held before = coordinator.records().get(key);
    long latest = before == null ? 0 : before.version().millis() + 1;
    Version version =
        again && before != null
            ? before.version()
            : Version.of(Math.max(time.now(), latest), counter++ & 0x7fff, coordinator.id());
    if (!stamped.add(version)) {
      throw new Violation("two writes have version " + version);
    }
    return version;
  }

  private void copy(Grave from, int owner, Key key, Grave.Held held, Set<Integer> durable) {
    Grave to = workers.get(owner);
    if (to == from) {
      to.take(key, held, true);
      stored(owner, key, held, durable);
    } else if (random.nextInt(8) == 0) {
      // Neither the copy nor a hint gets anywhere: that happens, and exchanges are for it.
      return;
    } else if (to.answers() && connects(from.id(), owner)) {
      send(from, to, () -> arrive(to, key, held, durable));
    } else {
      Grave standIn = workers.get(random.nextInt(workers.size()));
      Grave.Hint hint = new Grave.Hint(owner, key, held);
      send(from, standIn, () -> standIn.keep(hint));
    }
  }

  private void arrive(Grave to, Key key, Grave.Held held, Set<Integer> durable) {
    if (to.take(key, held, true)) {
      stored(to.id(), key, held, durable);
    }
  }

  private void stored(int owner, Key key, Grave.Held held, Set<Integer> durable) {
    durable.add(owner);
    if (durable.size() == 2 && time.now() - held.version().millis() < FRESH / 2) {
      acknowledged.merge(key, held.version(), Version::max);
    }
  }

  private void exchange() {
    for (Grave one : workers) {
      for (Grave other : workers) {
        if (one != other && (!open || random.nextInt(3) > 0)) {
          time.after(random.nextInt((int) EXCHANGES), () -> exchange(one, other));
        }
      }
    }
    time.after(EXCHANGES, this::exchange);
  }

  private void exchange(Grave one, Grave other) {
    if (!one.answers() || !other.answers()) {
      return;
    }
    long began = time.now();
    Map<Key, Grave.Held> mine = Map.copyOf(one.records());
    Map<Key, Grave.Held> theirs = Map.copyOf(other.records());
    one.later(1 + random.nextInt(3_000), () -> ended(one, other, began, mine, theirs));
  }

  /**
   * What each held at the beginning, the other one holds at the end, and nothing is promised more.
   */
  private void ended(
      Grave one, Grave other, long began, Map<Key, Grave.Held> mine, Map<Key, Grave.Held> theirs) {
    if (!other.answers() || !connects(one.id(), other.id()) || !other.isComplete()) {
      return;
    }
    List<Integer> common =
        cut.arcs(list -> list.isOwner(one.id(), COPIES) && list.isOwner(other.id(), COPIES));
    for (Key key : keys) {
      if (common.contains(arc(key))) {
        settle(key, mine.get(key), one, other);
        settle(key, theirs.get(key), other, one);
      }
    }
    if (one.isComplete()) {
      one.exchanged(other, common, began);
    } else {
      mayBeRebuilt(one);
    }
  }

  /** What is sent is what is held by then, if the other one lacks what was held before. */
  private static void settle(Key key, Grave.@Nullable Held before, Grave from, Grave to) {
    Grave.Held held = from.records().get(key);
    Grave.Held there = to.records().get(key);
    if (before == null || held == null) {
      return;
    }
    boolean lacks = there == null ? !from.isRipe(key) : before.version().isAfter(there.version());
    if (lacks) {
      to.take(key, held, false);
    }
  }

  /** It has all when it has got it from everybody at one moment. */
  private void mayBeRebuilt(Grave lost) {
    boolean all = workers.stream().allMatch(w -> w == lost || (w.answers() && w.isComplete()));
    if (all) {
      for (Key key : keys) {
        if (owners(key).contains(lost.id())) {
          workers.stream()
              .filter(w -> w != lost)
              .forEach(w -> settle(key, w.records().get(key), w, lost));
        }
      }
      lost.rebuilt();
    }
  }

  private void strike() {
    if (!open) {
      return;
    }
    Grave victim = workers.get(random.nextInt(workers.size()));
    long away = random.nextInt(random.nextBoolean() ? 2_000 : 40_000);
    switch (random.nextInt(6)) {
      case 0, 1 -> crash(victim, away, false);
      case 2 -> crash(victim, away, true);
      case 3 -> pause(victim, away);
      case 4 -> victim.hints().clear();
      default -> part(victim, away);
    }
    time.after(500 + random.nextInt(8_000), this::strike);
  }

  private void crash(Grave victim, long away, boolean wiped) {
    boolean allWell = workers.stream().allMatch(w -> w.answers() && w.isComplete());
    if (!victim.answers() || (wiped && !allWell)) {
      return;
    }
    victim.crash();
    if (wiped) {
      victim.wipe();
    }
    time.after(away, () -> heal(victim));
  }

  private void pause(Grave victim, long away) {
    if (victim.answers()) {
      victim.pause();
      time.after(away, () -> heal(victim));
    }
  }

  private void part(Grave victim, long away) {
    for (Grave other : workers) {
      if (random.nextBoolean() && other != victim) {
        apart[victim.id()][other.id()] = true;
        apart[other.id()][victim.id()] = true;
      }
    }
    time.after(away, this::join);
  }

  private void join() {
    List<boolean[]> rows = new ArrayList<>(List.of(apart));
    rows.forEach(row -> Arrays.fill(row, false));
  }

  private void heal(Grave victim) {
    if (victim.isPaused()) {
      victim.resume();
    } else if (!victim.isUp()) {
      victim.start();
    }
  }
}
