package dev.rondo.simulation;

import dev.rondo.bus.PeerFault;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Messages between workers: late, out of order, twice, or never. */
final class Network {

  private final Timeline time;
  private final Random random;
  private final boolean[][] cut;
  private double loss;
  private double repetition;
  private long delayMax = 1_500;

  Network(Timeline time, Random random, int workers) {
    this.time = time;
    this.random = random;
    this.cut = new boolean[workers][workers];
  }

  /** How many messages get lost or come twice, and how long the slow ones take. */
  void degrade(double loss, double repetition, long delayMaxMicros) {
    this.loss = loss;
    this.repetition = repetition;
    this.delayMax = delayMaxMicros;
  }

  /** Nothing gets from one worker to another one any more; the way back is another matter. */
  void cut(int from, int to) {
    cut[from][to] = true;
  }

  void heal() {
    for (boolean[] row : cut) {
      java.util.Arrays.fill(row, false);
    }
    degrade(0, 0, 1_500);
  }

  /** Whether a message could get there and an answer back. */
  boolean connects(int a, int b) {
    return !cut[a][b] && !cut[b][a];
  }

  long delay() {
    long spread = random.nextInt(20) == 0 ? delayMax : Math.min(delayMax, 1_000);
    return 100 + (long) (random.nextDouble() * spread);
  }

  /** Asks a peer; exactly one of answer and fault is told, unless the asking process dies. */
  <A> void ask(
      Worker from,
      Worker to,
      long timeoutMicros,
      BiConsumer<Worker, Consumer<A>> question,
      Consumer<A> answer,
      Consumer<PeerFault.Kind> fault) {
    Call<A> call = new Call<>(from, to.id(), time.now(), answer, fault);
    from.opened(call);
    from.later(timeoutMicros, () -> call.fail(PeerFault.Kind.UNANSWERED));
    if (!to.isUp() && connects(from.id(), to.id())) {
      from.later(delay(), () -> call.broke(PeerFault.Kind.NOT_SENT));
      return;
    }
    to.expects(call);
    carry(from, to, () -> arrive(call, to, question));
  }

  /** A question that comes twice is acted upon twice, but answered once. */
  private <A> void arrive(Call<A> call, Worker to, BiConsumer<Worker, Consumer<A>> question) {
    to.heard(call.from().id());
    boolean first = call.arrives();
    question.accept(
        to,
        reply -> {
          if (first) {
            carry(to, call.from(), () -> call.answer(reply));
          }
        });
  }

  /** A process that does not run gets nothing, and neither does the one that comes after it. */
  private void carry(Worker from, Worker to, Runnable message) {
    if (cut[from.id()][to.id()] || random.nextDouble() < loss || !to.isUp()) {
      return;
    }
    to.later(delay(), message);
    if (random.nextDouble() < repetition) {
      to.later(delay() + delay(), message);
    }
  }
}
