package dev.rondo.simulation;

import dev.rondo.core.record.Key;
import java.util.Random;

/**
 * A client that reads and writes, one request after the other, through any worker. When it is not
 * told what became of a write, it writes again through another one.
 */
final class Client {

  private final Simulation simulation;
  private final History history;
  private final Random random;

  Client(Simulation simulation) {
    this.simulation = simulation;
    this.history = simulation.history();
    this.random = simulation.random();
  }

  /** Thinks for a while and then does something; stops when the simulation says so. */
  void live() {
    simulation.time().after(500L + random.nextInt(60_000), this::act);
  }

  private void act() {
    if (!simulation.isOpen()) {
      return;
    }
    Key key = simulation.keys().get(random.nextInt(simulation.keys().size()));
    if (random.nextInt(5) < 2) {
      read(key);
    } else {
      write(key);
    }
  }

  private void write(Key key) {
    boolean plain = isPlain();
    Scenario scenario = simulation.scenario();
    int w = plain ? 0 : 1 + random.nextInt(scenario.n());
    boolean sloppy = plain || random.nextBoolean();
    History.Write write = history.begin(key, random.nextInt(7) == 0, w, sloppy);
    Request request = new Request();
    request.send(
        entry ->
            entry
                .router()
                .write(write, outcome -> request.answer(() -> history.ended(write, outcome))),
        () -> history.refused(write));
    request.giveUpAfter(patience(), () -> unknown(write));
  }

  private void unknown(History.Write write) {
    history.unknown(write);
    if (simulation.isOpen() && random.nextBoolean()) {
      write(write.key());
    }
  }

  private void read(Key key) {
    long begin = simulation.time().now();
    int r = isPlain() ? 0 : 1 + random.nextInt(simulation.scenario().n());
    Request request = new Request();
    request.send(
        entry ->
            entry
                .router()
                .read(
                    key, r, outcome -> request.answer(() -> history.read(key, begin, r, outcome))),
        () -> {});
    request.giveUpAfter(patience(), () -> {});
  }

  /** Whether the cluster's own settings are good enough. */
  private boolean isPlain() {
    return simulation.scenario().kind().isPlain() || random.nextInt(6) > 0;
  }

  private long patience() {
    return 200_000L + random.nextInt(1_800_000);
  }

  private long hop() {
    return 50L + random.nextInt(300);
  }

  private interface Question {
    void ask(Worker entry);
  }

  /** One request, over when it is answered, refused, or given up. */
  private final class Request {
    private final Worker entry =
        simulation.workers().get(random.nextInt(simulation.workers().size()));
    private boolean over;

    void send(Question question, Runnable refused) {
      simulation.time().after(hop(), () -> arrive(question, refused));
    }

    private void arrive(Question question, Runnable refused) {
      if (entry.isUp()) {
        entry.later(0, () -> question.ask(entry));
      } else {
        finish(refused);
      }
    }

    void answer(Runnable note) {
      simulation.time().after(hop(), () -> finish(note));
    }

    void giveUpAfter(long micros, Runnable note) {
      simulation.time().after(micros, () -> finish(note));
    }

    private void finish(Runnable note) {
      if (!over) {
        over = true;
        live();
        note.run();
      }
    }
  }
}
