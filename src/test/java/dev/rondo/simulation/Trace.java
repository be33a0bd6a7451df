package dev.rondo.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happened, line by line; nothing is formatted unless somebody wants to read it. */
final class Trace {

  private final Timeline time;
  private final boolean wanted;
  private final List<String> lines = new ArrayList<>();

  Trace(Timeline time, boolean wanted) {
    this.time = time;
    this.wanted = wanted;
  }

  /** Adds a line of these words. */
  void add(Object... words) {
    if (wanted) {
      String at = String.format(Locale.ROOT, "%11.3f ms ", time.now() / 1_000.0);
      lines.add(at + Arrays.stream(words).map(w -> " " + w).collect(Collectors.joining()));
    }
  }

  List<String> lines() {
    return lines;
  }
}
