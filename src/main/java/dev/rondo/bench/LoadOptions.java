package dev.rondo.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that shape the load. */
final class LoadOptions {

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "Clients that wait for their answers; with --rate, connections a target (64)")
  private int clients = 64;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Operations a second by the clock, answered or not (default: closed loop)")
  private double rate;

  @Option(
      names = "--mix",
      paramLabel = "MIX",
      description = "write, read, or reads/writes in per cent, such as 95/5 (50/50)")
  private String mix = "50/50";

  @Option(names = "--keys", paramLabel = "N", description = "How many keys there are (100000)")
  private int keys = 100_000;

  @Option(names = "--value-size", paramLabel = "BYTES", description = "Size of a value (100)")
  private int valueSize = 100;

  @Option(
      names = "--distribution",
      paramLabel = "KIND",
      description = "Which keys are used: uniform or zipfian (uniform)")
  private String distribution = "uniform";

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to measure: 500ms, 30s, 2m (10s; without end with --operations)")
  private @Nullable Duration duration;

  @Option(
      names = "--operations",
      paramLabel = "N",
      description = "Stop after so many operations (when comparing: in each slice)")
  private long operations;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "The same load before, not measured (2s)")
  private Duration warmup = Duration.ofSeconds(2);

  @Option(names = "--w", paramLabel = "N", description = "Copies that a write waits for")
  private int w;

  @Option(names = "--r", paramLabel = "N", description = "Owners that a read asks")
  private int r;

  @Option(
      names = "--preload",
      description = "Write every key first; one that is not found is then a failure")
  private boolean preload;

  @Option(names = "--event-loops", paramLabel = "N", description = "Threads of this client (1)")
  private int eventLoops = 1;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "After which a request has failed (10s)")
  private Duration timeout = Duration.ofSeconds(10);

  /** The plan; throws {@link IllegalArgumentException} on what is impossible. */
  Plan plan(Duration slice) {
    Workload workload =
        new Workload(Mix.parse(mix), keys, valueSize, Distribution.parse(distribution), w, r);
    return new Plan(
        workload,
        clients,
        rate,
        eventLoops,
        duration(),
        operations,
        warmup,
        preload,
        timeout,
        slice);
  }

  private Duration duration() {
    if (duration != null) {
      return duration;
    }
    return operations > 0 ? Duration.ofDays(7) : Duration.ofSeconds(10);
  }
}
