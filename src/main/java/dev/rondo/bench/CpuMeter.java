package dev.rondo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads how much processor time processes have used, user and system together. Linux only. */
final class CpuMeter {

  /** The unit of {@code /proc/<pid>/stat}: the kernel shows hundredths of a second to everyone. */
  private static final long TICK_MICROS = 10_000;

  /** Places of utime and stime, counted behind the command's name. */
  private static final int UTIME = 11;

  private static final int STIME = 12;

  private final Path proc;
  private final List<Long> pids;

  CpuMeter(Path proc, List<Long> pids) {
    this.proc = proc;
    this.pids = List.copyOf(pids);
  }

  /** The meter of these processes of this machine. */
  static CpuMeter of(List<Long> pids) {
    return new CpuMeter(Path.of("/proc"), pids);
  }

  /** Processor time of this process itself, in microseconds. */
  static double ownMicros() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(CpuMeter::micros)
        .orElse(Double.NaN);
  }

  /** Microseconds of all of them since they started; NaN when there is none, or one is gone. */
  double micros() {
    if (pids.isEmpty()) {
      return Double.NaN;
    }
    double sum = 0;
    for (long pid : pids) {
      sum += micros(pid);
    }
    return sum;
  }

  private double micros(long pid) {
    try {
      String stat = Files.readString(proc.resolve(pid + "/stat"));
      // The name stands in parentheses and may itself hold spaces and parentheses.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
      return (double) ticks * TICK_MICROS;
    } catch (IOException gone) {
      return Double.NaN;
    }
  }

  private static double micros(Duration time) {
    return time.toNanos() / 1000.0;
  }
}
