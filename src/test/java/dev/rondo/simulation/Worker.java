package dev.rondo.simulation;

import dev.rondo.bus.Holding;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Storing.Entry;
import dev.rondo.bus.Storing.Result;
import dev.rondo.core.member.Suspicions;
import dev.rondo.core.quorum.Reach;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One worker: a process that can die and stop, a clock that can be wrong, and a disk. */
final class Worker implements Reach {

  static final long HEDGE = 50_000;
  static final long STORE_TIMEOUT = 500_000;
  static final long REPLICA_TIMEOUT = 700_000;
  static final long COORDINATE_TIMEOUT = 1_000_000;
  static final long REQUEST_TIMEOUT = 1_500_000;
  static final int MAX_DRIFT_MILLIS = 500;

  private static final long LOOK = 20_000;
  private static final long PING = 300_000;

  private final Simulation simulation;
  private final int id;
  private final Disk disk;
  private final Adopted adopted;
  private final List<Runnable> backlog = new ArrayList<>();
  private final Clocks clocks;
  private int incarnation;
  private boolean up;
  private boolean paused;
  private boolean behind;

  // What dies with the process.
  private Suspicions suspicions = new Suspicions(HEDGE / 1_000);
  private Stamper stamper;
  private Router router;
  private final List<Deque<Call<?>>> calls;
  private final long[] heardAt;
  private final boolean[] recovering;
  private final List<Call<?>> expected = new ArrayList<>();

  Worker(Simulation simulation, int id) {
    this.simulation = simulation;
    this.id = id;
    this.disk = new Disk(simulation.bug());
    this.adopted = new Adopted(simulation.topology(), simulation.bug());
    this.heardAt = new long[simulation.scenario().workers()];
    this.clocks = new Clocks(simulation);
    this.recovering = new boolean[heardAt.length];
    this.calls =
        IntStream.range(0, heardAt.length)
            .<Deque<Call<?>>>mapToObj(peer -> new ArrayDeque<>())
            .toList();
    this.stamper = new Stamper(this);
    this.router = new Router(this, stamper);
  }

  // Life and death.

  /** Connects to its peers, which have begun by then. */
  void start() {
    begin();
    behind = true;
    connect();
    new Recovery(this).proceed();
  }

  void caughtUp() {
    simulation.trace().add(this, "has caught up");
    behind = false;
  }

  void begin() {
    up = true;
    paused = false;
    behind = false;
    Arrays.fill(recovering, false);
    suspicions = new Suspicions(HEDGE / 1_000);
    clocks.start(disk.clockMark());
    stamper = new Stamper(this);
    router = new Router(this, stamper);
  }

  void connect() {
    look();
    ping();
    new HintCourier(this).look();
    if (simulation.scenario().kind().neglects()) {
      Exchange.keepGoing(this);
    }
  }

  void exchange(Worker peer) {
    new Exchange(this, peer).start();
  }

  void crash() {
    up = false;
    incarnation++;
    backlog.clear();
    calls.forEach(open -> open.forEach(Call::forget));
    calls.forEach(Deque::clear);
    disk.crash(simulation.random().nextInt(4));
    for (Call<?> call : expected) {
      if (simulation.network().connects(id, call.from().id())) {
        call.from()
            .later(simulation.network().delay(), () -> call.broke(PeerFault.Kind.UNANSWERED));
      }
    }
    expected.clear();
  }

  void pause() {
    paused = true;
  }

  /** All that came meanwhile, timers and messages, happens now, in the order in which it came. */
  void resume() {
    paused = false;
    List<Runnable> waiting = List.copyOf(backlog);
    backlog.clear();
    int resumed = incarnation;
    waiting.stream().takeWhile(action -> incarnation == resumed).forEach(Runnable::run);
  }

  /** Does something in this process, unless it dies before. */
  void later(long micros, Runnable action) {
    int planned = incarnation;
    simulation
        .time()
        .after(
            micros,
            () -> {
              if (planned == incarnation && paused) {
                backlog.add(action);
              } else if (planned == incarnation) {
                action.run();
              }
            });
  }

  boolean isUp() {
    return up;
  }

  boolean isBehind() {
    return behind;
  }

  boolean isPaused() {
    return paused;
  }

  /** Another number after every death. */
  int incarnation() {
    return incarnation;
  }

  /** The state of the cluster that it works by. */
  Adopted adopted() {
    return adopted;
  }

  // Clocks.

  Clocks clocks() {
    return clocks;
  }

  boolean isTooFarAhead(Version version) {
    return clocks.isTooFarAhead(version);
  }

  Stamper stamper() {
    return stamper;
  }

  // The replica.

  /** Stores for a peer. */
  void receive(Entry entry, Consumer<Result> reply) {
    Version version = version(entry);
    if (isTooFarAhead(version)) {
      reply.accept(Result.Refusal.CLOCK_DRIFT);
    } else if (simulation.refuses()) {
      reply.accept(
          entry instanceof Entry.Hint ? Result.Refusal.HINTS_FULL : Result.Refusal.OVERLOADED);
    } else {
      stamper.observe(version);
      store(entry, reply);
    }
  }

  private static Version version(Entry entry) {
    if (entry instanceof Entry.Put put) {
      return put.record().version();
    }
    return entry instanceof Entry.Hint hint ? hint.record().version() : Version.NONE;
  }

  /** Stores for this worker itself. */
  void store(Entry entry, Consumer<Result> reply) {
    disk.add(entry, reply);
    if (disk.isIdle()) {
      sync();
    }
  }

  private void sync() {
    disk.beginSync();
    later(simulation.syncTime(), this::synced);
  }

  private void synced() {
    disk.endSync();
    if (disk.isIdle() && disk.hasWaiting()) {
      sync();
    }
  }

  void lookUp(Key key, Holding.Want want, Consumer<Holding.Answer> reply) {
    later(50, () -> reply.accept(held(key, want)));
  }

  private Holding.Answer held(Key key, Holding.Want want) {
    StoredRecord record = disk.holds(key);
    if (record == null) {
      return new Holding.Answer.Nothing(true);
    }
    return want == Holding.Want.RECORD
        ? new Holding.Answer.Whole(record)
        : new Holding.Answer.VersionOnly(record.version());
  }

  Disk disk() {
    return disk;
  }

  // What it thinks of its peers.

  @Override
  public boolean isReachable(int peer) {
    return peer == id || !suspicions.suspects(peer);
  }

  @Override
  public boolean mayBeReachable(int peer) {
    return simulation.bug() == Bug.TAKES_THE_SILENT_FOR_DEAD
        ? isReachable(peer)
        : peer == id || !suspicions.broken().contains(peer);
  }

  /** Whether it was away and has not caught up, as it says in every message. */
  boolean isBehind(int peer) {
    return peer == id ? behind : recovering[peer];
  }

  void heard(int peer) {
    heardAt[peer] = simulation.time().now();
    recovering[peer] = simulation.workers().get(peer).behind;
    suspicions.heard(peer);
  }

  void broke(int peer) {
    suspicions.broke(peer);
  }

  void opened(Call<?> call) {
    calls.get(call.peer()).add(call);
  }

  void closed(Call<?> call) {
    calls.get(call.peer()).remove(call);
  }

  void expects(Call<?> call) {
    expected.removeIf(Call::isOver);
    expected.add(call);
  }

  /** Judges the silent, every few milliseconds. */
  private void look() {
    long now = simulation.time().now() / 1_000;
    if (suspicions.mayJudge(now)) {
      for (int peer = 0; peer < heardAt.length; peer++) {
        Call<?> oldest = calls.get(peer).peek();
        if (oldest != null) {
          suspicions.check(peer, oldest.sentAt() / 1_000, heardAt[peer] / 1_000, now);
        }
      }
    }
    later(LOOK, this::look);
  }

  /** Asks everybody for the time; an answer also proves that the peer lives. */
  private void ping() {
    for (Worker peer : simulation.workers()) {
      if (peer != this) {
        ping(peer);
      }
    }
    later(PING, this::ping);
  }

  private void ping(Worker peer) {
    long sent = clocks.monotonicMillis();
    Clocks.Shown own = clocks.shown();
    simulation
        .network()
        .<Clocks.Shown>ask(
            this,
            peer,
            PING,
            (asked, reply) -> {
              asked.clocks.greeted(id, own);
              reply.accept(asked.clocks.shown());
            },
            theirs -> clocks.compare(peer.id, theirs, sent),
            fault -> {});
  }

  // Where to find the rest.

  int id() {
    return id;
  }

  Router router() {
    return router;
  }

  Simulation simulation() {
    return simulation;
  }

  @Override
  public String toString() {
    return "worker " + id;
  }
}
