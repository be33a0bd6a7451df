package dev.rondo.simulation;

import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Breaks things and repairs them again, as far as the scenario allows. */
final class Nemesis {

  private static final long HOUR_MILLIS = 3_600_000;

  private final Simulation simulation;
  private final Random random;
  private final List<Runnable> tricks = new ArrayList<>();
  private boolean powerCutIsDue;
  private boolean clocksWereSet;

  Nemesis(Simulation simulation) {
    this.simulation = simulation;
    this.random = simulation.random();
    Scenario.Kind kind = simulation.scenario().kind();
    if (kind.crashes()) {
      tricks.add(this::crash);
    }
    if (kind.crashes() && kind.slowDisks()) {
      tricks.add(() -> powerCutIsDue = true);
    }
    if (kind.neglects()) {
      tricks.add(this::dropHints);
      tricks.add(this::dropHints);
    }
    if (kind.pauses()) {
      tricks.add(this::pause);
    }
    if (kind.stalls()) {
      tricks.add(this::stall);
      tricks.add(this::stall);
    }
    if (kind.partitions()) {
      tricks.add(this::partition);
      tricks.add(this::degrade);
    }
    if (kind.clocks()) {
      tricks.add(this::setClock);
      tricks.add(this::restartInThePast);
    }
    if (kind.setsAllClocks()) {
      tricks.add(this::setAllClocks);
    }
  }

  void prepare() {
    for (Worker worker : simulation.workers()) {
      worker.clocks().set(random.nextInt(200) - 100);
    }
    if (simulation.scenario().kind().clocks() && random.nextBoolean()) {
      Worker victim = anyBadClock();
      victim.clocks().set(random.nextBoolean() ? hour(victim) : -hour(victim));
      if (random.nextBoolean()) {
        simulation.time().after(1, () -> leaveAlone(victim));
        simulation.time().after(2_500_000, this::next);
        return;
      }
    }
    next();
  }

  private void next() {
    if (!tricks.isEmpty()) {
      int pause = simulation.scenario().kind().stalls() ? 150_000 : 500_000;
      simulation.time().after(20_000 + random.nextInt(pause), this::strike);
    }
  }

  private void strike() {
    if (simulation.isOpen()) {
      tricks.get(random.nextInt(tricks.size())).run();
      next();
    }
  }

  private void crash() {
    Worker victim = anyWorker();
    if (mayTakeDown(victim)) {
      crash(victim);
      if (simulation.scenario().kind().crashesInPairs()) {
        simulation.time().after(random.nextInt(100_000), () -> crash(anyWorker()));
      }
    }
  }

  private void crash(Worker victim) {
    if (victim.isUp()) {
      simulation.trace().add("CRASH", victim);
      victim.crash();
      simulation.time().after(length(), () -> restart(victim));
    }
  }

  private void restart(Worker victim) {
    if (!victim.isUp()) {
      simulation.trace().add("START", victim);
      victim.start();
    }
  }

  /** Called at the worst moment: a worker has just acknowledged a write. */
  void acknowledged() {
    if (powerCutIsDue && simulation.isOpen()) {
      powerCutIsDue = false;
      simulation.time().after(random.nextInt(200), this::cutPower);
    }
  }

  /** All workers die at once. */
  private void cutPower() {
    simulation.trace().add("POWER CUT");
    for (Worker worker : simulation.workers()) {
      if (worker.isUp()) {
        worker.crash();
        simulation.time().after(length(), () -> restart(worker));
      }
    }
  }

  /** A quick restart after which the clock shows a time that was there before. */
  private void restartInThePast() {
    Worker victim = anyBadClock();
    if (mayTakeDown(victim) && victim.isUp() && !victim.isPaused()) {
      int skew = random.nextInt(450) - 400;
      simulation.trace().add("RESTART", victim, "with its clock off by", skew, "ms");
      victim.crash();
      victim.clocks().set(skew);
      simulation.time().after(1_000, () -> restart(victim));
    }
  }

  /** All others start much later than one that has a wrong clock. */
  private void leaveAlone(Worker victim) {
    simulation.trace().add("ALONE with a wrong clock is", victim);
    for (Worker worker : simulation.workers()) {
      worker.crash();
      long away = worker == victim ? 10_000 : 2_500_000 + random.nextInt(1_500_000);
      simulation.time().after(away, () -> restart(worker));
    }
  }

  /** Past a limit; what no owner has yet is not old enough for that. */
  private void dropHints() {
    for (Worker worker : simulation.workers()) {
      int dropped = worker.disk().dropHints(this::hasReachedAnOwner);
      simulation.trace().add("DROP", dropped, "hints of", worker);
    }
  }

  private boolean hasReachedAnOwner(Key key, Version version) {
    return simulation.topology().preferenceList(key).owners(simulation.scenario().n()).stream()
        .map(owner -> simulation.workers().get(owner).disk().durable(key))
        .anyMatch(held -> held != null && !version.isAfter(held.version()));
  }

  private void pause() {
    Worker victim = anyWorker();
    if (mayTakeDown(victim)) {
      simulation.trace().add("PAUSE", victim);
      victim.pause();
      simulation.time().after(length(), () -> resume(victim));
    }
  }

  /** So short that nobody gives up on the worker, and long enough for it to be suspected. */
  private void stall() {
    for (Worker worker : simulation.workers()) {
      if (worker.isUp() && !worker.isPaused() && random.nextBoolean()) {
        simulation.trace().add("STALL", worker);
        worker.pause();
        simulation.time().after(20_000L + random.nextInt(300_000), () -> resume(worker));
      }
    }
  }

  private void resume(Worker victim) {
    if (victim.isPaused()) {
      simulation.trace().add("RESUME", victim);
      victim.resume();
    }
  }

  private boolean mayTakeDown(Worker victim) {
    boolean stalls = simulation.scenario().kind().stalls();
    boolean allWell =
        simulation.workers().stream()
            .allMatch(w -> w.isUp() && (stalls ? !w.isBehind() : !w.isPaused()));
    boolean careful = simulation.scenario().kind().oneAtATime() || clocksWereSet;
    return careful ? allWell : victim.isUp() && !victim.isPaused();
  }

  /** Cuts some links, each in one direction or in both. */
  private void partition() {
    boolean oneWay = random.nextBoolean();
    int side = random.nextInt(1 << simulation.workers().size());
    simulation.trace().add("PARTITION side=", Integer.toBinaryString(side), "oneWay=", oneWay);
    for (Worker from : simulation.workers()) {
      for (Worker to : simulation.workers()) {
        boolean leaves = (side >> from.id() & 1) == 1 && (side >> to.id() & 1) == 0;
        boolean enters = (side >> from.id() & 1) == 0 && (side >> to.id() & 1) == 1;
        if (leaves || (enters && !oneWay)) {
          simulation.network().cut(from.id(), to.id());
        }
      }
    }
    simulation.time().after(length(), this::healNetwork);
  }

  private void degrade() {
    simulation.trace().add("BAD NETWORK");
    simulation
        .network()
        .degrade(random.nextDouble() * 0.1, random.nextDouble() * 0.1, random.nextInt(200_000));
    simulation.time().after(length(), this::healNetwork);
  }

  private void healNetwork() {
    simulation.trace().add("GOOD NETWORK");
    simulation.network().heal();
  }

  private void setClock() {
    Worker victim = anyBadClock();
    long hour = hour(victim);
    long[] skews = {0, hour, -hour, 5_000, -5_000, 450, -450, random.nextInt(2_000)};
    long skew = skews[random.nextInt(skews.length)];
    simulation.trace().add("CLOCK of", victim, "is off by", skew, "ms");
    victim.clocks().set(skew);
  }

  /**
   * As on one machine, or by a time service that was wrong. From then on no majority is down at the
   * same time, for nobody else remembers the time before.
   */
  private void setAllClocks() {
    if (!simulation.workers().stream().allMatch(Worker::isUp)) {
      return;
    }
    clocksWereSet = true;
    long[] steps = {HOUR_MILLIS, -HOUR_MILLIS, 3_000, -3_000};
    long step = steps[random.nextInt(steps.length)];
    simulation.trace().add("ALL CLOCKS are set by", step, "ms");
    simulation.setAllClocks(step);
  }

  /** An hour or so: no two clocks are wrong in the same way. */
  private static long hour(Worker victim) {
    return HOUR_MILLIS + victim.id() * 60_000L;
  }

  /** Only a minority of the clocks is ever wrong: nobody could tell otherwise. */
  private Worker anyBadClock() {
    int minority = (simulation.workers().size() - 1) / 2;
    return simulation.workers().get(random.nextInt(minority));
  }

  private Worker anyWorker() {
    return simulation.workers().get(random.nextInt(simulation.workers().size()));
  }

  private long length() {
    int longest = simulation.scenario().kind().neglects() ? 4_000_000 : 2_000_000;
    return 20_000L + random.nextInt(random.nextBoolean() ? 300_000 : longest);
  }

  /** From now on everything works. */
  void stop() {
    healNetwork();
    for (Worker worker : simulation.workers()) {
      worker.clocks().set(random.nextInt(100) - 50);
      resume(worker);
      restart(worker);
    }
  }
}
