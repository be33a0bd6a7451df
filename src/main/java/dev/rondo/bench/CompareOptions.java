package dev.rondo.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options for measuring processor time, and a second side. */
final class CompareOptions {

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "A process of the targets, whose processor time is shown; repeatable, Linux")
  private List<Long> pids = new ArrayList<>();

  @Option(
      names = "--compare-url",
      paramLabel = "URL",
      description = "Another system, measured in turns with the targets; repeatable")
  private List<String> urls = new ArrayList<>();

  @Option(
      names = "--compare-pid",
      paramLabel = "PID",
      description = "A process of the other system; repeatable, Linux")
  private List<Long> comparePids = new ArrayList<>();

  @Option(
      names = "--slice",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long a turn is when comparing; --duration is for each side (5s)")
  private Duration slice = Duration.ofSeconds(5);

  Duration slice() {
    return slice;
  }

  boolean isComparing() {
    return !urls.isEmpty();
  }

  List<Target> targets() {
    return urls.stream().map(Target::parse).toList();
  }

  List<Long> pids() {
    return pids;
  }

  List<Long> comparePids() {
    return comparePids;
  }
}
