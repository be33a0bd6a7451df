package dev.rondo.bench;

import dev.rondo.cli.Terminal;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows how far a stretch is: a bar on a terminal, a line every few seconds elsewhere. */
final class Progress {

  private final PrintWriter out;
  private final boolean terminal;

  Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Waits for the end; an interrupt is passed on to the caller as a failure. */
  void follow(Future<?> running, Stretch stretch, long operations) {
    CountDownLatch ended = new CountDownLatch(1);
    running.onComplete(any -> ended.countDown());
    long periodMillis = terminal ? 200 : 5000;
    long before = 0;
    try {
      while (!ended.await(periodMillis, TimeUnit.MILLISECONDS)) {
        long done = stretch.done().sum();
        show(stretch, operations, (done - before) * 1000 / periodMillis);
        before = done;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + stretch.purpose(), e);
    }
    if (terminal) {
      out.print(Terminal.lineAnew());
      out.flush();
    }
  }

  private void show(Stretch stretch, long operations, long rate) {
    double seconds = (System.nanoTime() - stretch.startNanos()) / 1e9;
    String text =
        String.format(
            Locale.ROOT,
            "%s: %.0f s, %d operations, %d/s, %d failed",
            stretch.purpose(),
            seconds,
            stretch.done().sum(),
            rate,
            stretch.failures().sum());
    if (terminal) {
      double fraction = fraction(stretch, operations, seconds);
      out.print(Terminal.lineAnew() + Terminal.bar(fraction) + " " + text);
    } else {
      out.println(text);
    }
    out.flush();
  }

  private static double fraction(Stretch stretch, long operations, double seconds) {
    double byCount = (double) stretch.done().sum() / operations;
    double byTime = stretch.duration() == null ? 0 : seconds * 1e9 / stretch.duration().toNanos();
    return Math.max(byCount, byTime);
  }
}
