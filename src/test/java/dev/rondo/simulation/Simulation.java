package dev.rondo.simulation;

import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One run of one cluster, made from nothing but its seed. */
final class Simulation {

  private static final long TROUBLE = 5_000_000;
  private static final long SETTLING = 3_000_000;
  private static final int SETTLING_MAX = 10;

  private final Bug bug;
  private final Random random;
  private final Timeline time = new Timeline();
  private final Trace trace;
  private final Scenario scenario;
  private final Controller controller;
  private final Network network;
  private final History history;
  private final List<Worker> workers;
  private final List<Key> keys;
  private final Nemesis nemesis;
  private boolean open = true;
  private long skewMillis;

  Simulation(long seed, Bug bug, boolean traced) {
    this.bug = bug;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.trace = new Trace(time, traced);
    this.scenario = Scenario.of(seed, random);
    this.controller = new Controller(this, scenario.topology());
    this.network = new Network(time, random, scenario.workers());
    this.history = new History(this);
    this.workers =
        IntStream.range(0, scenario.workers()).mapToObj(id -> new Worker(this, id)).toList();
    this.keys =
        IntStream.range(0, scenario.keys())
            .mapToObj(i -> Key.of("key" + random.nextInt(1000)))
            .toList();
    this.nemesis = new Nemesis(this);
  }

  /** Lives through the trouble, heals, and checks; throws a {@link Violation}. */
  void run() {
    trace.add(scenario);
    nemesis.prepare();
    if (scenario.kind().changes()) {
      controller.start();
    }
    workers.forEach(Worker::begin);
    workers.forEach(Worker::connect);
    IntStream.range(0, scenario.clients()).forEach(i -> new Client(this).live());
    time.runUntil(TROUBLE);
    open = false;
    nemesis.stop();
    settle();
    if (scenario.kind().neglects()) {
      exchange();
    } else {
      forEachOwner((owner, key) -> history.checkProvided(owner.id(), key, version(owner, key)));
      repair();
    }
    forEachOwner((owner, key) -> history.checkFinal(owner.id(), key, owner.disk().holds(key)));
    keys.forEach(this::checkConverged);
    history.checkSeen();
  }

  /** Until the last request is over, the last hint is delivered and the last change is done. */
  private void settle() {
    for (int i = 0; i == 0 || (i < SETTLING_MAX && (hasHints() || !controller.isDone())); i++) {
      time.runUntil(time.now() + SETTLING);
    }
    if (hasHints()) {
      throw new Violation("hints are not delivered although all is well");
    }
    if (!controller.isDone()) {
      throw new Violation("a change of the quorums does not end although all is well");
    }
  }

  private boolean hasHints() {
    return workers.stream().anyMatch(worker -> worker.disk().hasHints());
  }

  /** Every worker with every other one, as in a round. */
  private void exchange() {
    trace.add("EXCHANGES");
    for (Worker worker : workers) {
      workers.stream().filter(peer -> peer != worker).forEach(worker::exchange);
      time.runUntil(time.now() + SETTLING);
    }
  }

  /** Reads every key from all of its owners, which repairs those that are behind. */
  private void repair() {
    trace.add("READ REPAIR");
    for (Key key : keys) {
      int n = topology().quorums().replicationFactor();
      workers.get(topology().preferenceList(key).worker(0)).router().read(key, n, o -> {});
    }
    time.runUntil(time.now() + SETTLING);
  }

  private void checkConverged(Key key) {
    List<Version> held = owners(key).stream().map(owner -> version(owner, key)).distinct().toList();
    if (held.size() > 1) {
      throw new Violation("owners of %s differ: %s".formatted(key, held));
    }
  }

  private interface OwnerCheck {
    void check(Worker owner, Key key);
  }

  private void forEachOwner(OwnerCheck check) {
    for (Key key : keys) {
      owners(key).forEach(owner -> check.check(owner, key));
    }
  }

  private List<Worker> owners(Key key) {
    return topology().preferenceList(key).owners(topology().state().ownersMax()).stream()
        .map(workers::get)
        .toList();
  }

  private static Version version(Worker owner, Key key) {
    StoredRecord record = owner.disk().holds(key);
    return record == null ? Version.NONE : record.version();
  }

  /** How often N, W and R were changed. */
  int changes() {
    return controller.changes();
  }

  /** How long one fsync takes. */
  long syncTime() {
    boolean slow = scenario.kind().slowDisks() && open && random.nextInt(60) == 0;
    return 100L + random.nextInt(slow ? 200_000 : 600);
  }

  /** Whether a replica has no room just now. */
  boolean refuses() {
    return open && scenario.kind().refusals() && random.nextInt(50) == 0;
  }

  /** A worker counts a write as acknowledged. */
  void acknowledged() {
    nemesis.acknowledged();
  }

  /** Whether clients and faults go on. */
  boolean isOpen() {
    return open;
  }

  Bug bug() {
    return bug;
  }

  Random random() {
    return random;
  }

  Timeline time() {
    return time;
  }

  Trace trace() {
    return trace;
  }

  /** Somebody sets the wall clocks of all workers. */
  void setAllClocks(long byMillis) {
    skewMillis += byMillis;
  }

  /** How far all wall clocks were set forward. */
  long skewMillis() {
    return skewMillis;
  }

  Scenario scenario() {
    return scenario;
  }

  /** What was agreed on last; workers may not know it yet. */
  Topology topology() {
    return controller.topology();
  }

  Network network() {
    return network;
  }

  History history() {
    return history;
  }

  List<Worker> workers() {
    return workers;
  }

  List<Key> keys() {
    return keys;
  }
}
