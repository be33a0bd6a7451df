package dev.rondo.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How far a long command is: a bar on a terminal, a line every few seconds elsewhere. */
final class ProgressLine {

  private static final double MEBIBYTE = 1 << 20;

  private final PrintWriter err;
  private final boolean terminal;
  private final String what;
  private final long startNanos = System.nanoTime();
  private final long pauseNanos;
  private long shownNanos = startNanos;

  ProgressLine(PrintWriter err, boolean terminal, String what) {
    this.err = err;
    this.terminal = terminal;
    this.what = what;
    this.pauseNanos = TimeUnit.MILLISECONDS.toNanos(terminal ? 200 : 5_000);
  }

  /** So many keys and bytes are done; a negative fraction is not known. */
  void at(long keys, long bytes, double fraction) {
    long now = System.nanoTime();
    if (now - shownNanos < pauseNanos) {
      return;
    }
    shownNanos = now;
    String text = what + " " + summary(keys, bytes);
    if (terminal) {
      String bar = fraction < 0 ? "" : Terminal.bar(fraction) + " ";
      err.print(Terminal.lineAnew() + bar + text);
    } else {
      err.println(text);
    }
    err.flush();
  }

  /** It is over; nothing of it stays on the terminal. */
  void end() {
    if (terminal) {
      err.print(Terminal.lineAnew());
      err.flush();
    }
  }

  double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /** The same in words. */
  String summary(long keys, long bytes) {
    return String.format(
        Locale.ROOT,
        "%d keys, %.1f MiB, %.0f keys/s",
        keys,
        bytes / MEBIBYTE,
        keys / Math.max(0.001, seconds()));
  }
}
