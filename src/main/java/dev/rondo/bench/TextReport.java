package dev.rondo.bench;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A result as tables for people. */
final class TextReport {

  private final PrintWriter out;

  TextReport(PrintWriter out) {
    this.out = out;
  }

  void print(LoadRun.Result result) {
    LoadRun.Measured compared = result.compared();
    if (compared == null) {
      print(result.tested());
    } else {
      line("A");
      print(result.tested());
      line("");
      line("B");
      print(compared);
      line("");
      printRatios(result.tested(), compared);
    }
    out.flush();
  }

  private void print(LoadRun.Measured side) {
    Score score = side.total();
    line(
        "%,.0f operations/s: %,d in %.1f s, %,d failed",
        score.throughput(),
        score.tally().succeeded(),
        score.elapsedNanos() / 1e9,
        score.tally().failed());
    printLatencies(score.tally());
    line("answers     %s", labels(score.tally().labels()));
    for (int i = 0; i < side.targets().size(); i++) {
      double millis = score.gapNanos().get(i) / 1e6;
      line("%-28s longest time without a success %,.1f ms", side.targets().get(i).url(), millis);
    }
    printCpu("client CPU", score.clientMicrosEach());
    printCpu("server CPU", score.serverMicrosEach());
  }

  private void printLatencies(Tally tally) {
    line(
        "%-8s %10s %9s %9s %9s %9s %9s %9s",
        "ms", "count", "mean", "p50", "p90", "p99", "p99.9", "max");
    for (Kind kind : Kind.values()) {
      Histogram latency = tally.latency(kind);
      if (latency.getTotalCount() > 0) {
        line(
            "%-8s %,10d %9.3f %9.3f %9.3f %9.3f %9.3f %9.3f",
            kind.label(),
            latency.getTotalCount(),
            latency.getMean() / 1000,
            millis(latency, 50),
            millis(latency, 90),
            millis(latency, 99),
            millis(latency, 99.9),
            latency.getMaxValue() / 1000.0);
      }
    }
  }

  private void printCpu(String whose, double micros) {
    if (Double.isFinite(micros)) {
      line("%-11s %.1f µs an operation", whose, micros);
    }
  }

  private void printRatios(LoadRun.Measured tested, LoadRun.Measured compared) {
    int pairs = tested.slices().size();
    line("%-12s %7s   %s", "A / B", "total", "least, median and most of " + pairs + " pairs");
    for (Ratios.Ratio ratio : Ratios.of(tested, compared)) {
      line(
          "%-12s %7.3f   %7.3f %7.3f %7.3f",
          ratio.figure(), ratio.total(), ratio.least(), ratio.median(), ratio.most());
    }
  }

  private static double millis(Histogram latency, double percentile) {
    return latency.getValueAtPercentile(percentile) / 1000.0;
  }

  private static String labels(Map<String, Long> labels) {
    StringBuilder text = new StringBuilder();
    labels.forEach(
        (label, count) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(String.format(Locale.ROOT, "%s: %,d", label, count)));
    return text.toString();
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
