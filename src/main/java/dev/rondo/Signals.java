package dev.rondo;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import sun.misc.Signal;

/**
 * What the operator says with signals: the first INT, TERM or HUP asks for a clean stop, a second
 * INT (Ctrl-C) ends everything at once.
 *
 * <p>TERM does not count as the second: on Ctrl-C a worker gets INT from the terminal and then TERM
 * from its supervisor.
 */
final class Signals {
  private static final int INTERRUPTED = 130;

  private Signals() {}

  @SuppressWarnings("sunapi")
  static void listen(Runnable stop, IntConsumer halt) {
    AtomicBoolean asked = new AtomicBoolean();
    AtomicInteger interrupts = new AtomicInteger();
    for (String name : List.of("INT", "TERM", "HUP")) {
      Signal.handle(
          new Signal(name),
          signal -> {
            if (name.equals("INT") && interrupts.incrementAndGet() > 1) {
              halt.accept(INTERRUPTED);
            } else if (asked.compareAndSet(false, true)) {
              stop.run();
            }
          });
    }
  }
}
