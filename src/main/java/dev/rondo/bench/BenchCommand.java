package dev.rondo.bench;

import dev.rondo.cli.Exits;
import dev.rondo.cli.Terminal;
import dev.rondo.config.PlainVertx;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code rondo bench}: puts load on nodes and says how they took it. Ends with 0 when every
 * operation succeeded, 1 when any failed, 2 when the options are impossible, 5 when a target does
 * not answer from the start.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Puts load on nodes and reports throughput and latency.",
    footer = {
      "",
      "Exit codes: 0 every operation succeeded, 1 some failed, 2 wrong usage, 5 a target does not"
          + " answer."
    })
public final class BenchCommand implements Callable<Integer> {

  private static final List<String> DEFAULT_URLS =
      List.of(
          "http://127.0.0.1:5001",
          "http://127.0.0.1:5002",
          "http://127.0.0.1:5003",
          "http://127.0.0.1:5004");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A target; repeatable (RONDO_URL, http://127.0.0.1:5001 to 5004)")
  private List<String> urls = new ArrayList<>();

  @Mixin private LoadOptions load = new LoadOptions();
  @Mixin private CompareOptions compare = new CompareOptions();
  @Mixin private WordsOptions words = new WordsOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "table or json (table)")
  private String output = "table";

  // Replaced by the command line that this belongs to.
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;

  /** The command where these are the environment variables. */
  public BenchCommand(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Integer call() throws Exception {
    Plan plan;
    List<Target> targets;
    List<Target> others;
    try {
      plan = load.plan(compare.slice());
      targets = urls().stream().map(Target::parse).toList();
      others = compare.targets();
      if (!output.matches("table|json")) {
        throw new IllegalArgumentException("--output is '" + output + "', allowed: table, json");
      }
      Path file = words.file();
      if (file != null && !Files.isReadable(file)) {
        throw new IllegalArgumentException("--words is '" + file + "', allowed: a file to read");
      }
    } catch (IllegalArgumentException impossible) {
      throw new ParameterException(spec.commandLine(), impossible.getMessage(), impossible);
    }
    for (Target target : Stream.concat(targets.stream(), others.stream()).toList()) {
      if (!target.listens()) {
        err().println("rondo: " + target.url() + " does not answer; is the node running?");
        err().flush();
        return Exits.UNAVAILABLE;
      }
    }
    Vertx vertx = Vertx.vertx(PlainVertx.options().setEventLoopPoolSize(plan.lanes()));
    try {
      Path file = words.file();
      return file == null ? load(vertx, plan, targets, others) : words(vertx, plan, targets, file);
    } finally {
      vertx.close().await();
    }
  }

  private List<String> urls() {
    String variable = environment.get("RONDO_URL");
    return !urls.isEmpty() ? urls : variable == null ? DEFAULT_URLS : List.of(variable);
  }

  private int load(Vertx vertx, Plan plan, List<Target> targets, List<Target> others) {
    warnWithoutProc();
    Side tested = side(vertx, plan, compare.isComparing() ? " A" : "", targets, compare.pids());
    Side compared =
        compare.isComparing() ? side(vertx, plan, " B", others, compare.comparePids()) : null;
    LoadRun.Result result = run(plan, tested, compared);
    if (result == null) {
      return 1;
    }
    if (isJson()) {
      out().println(JsonReport.of(plan, result).encodePrettily());
      out().flush();
    } else {
      new TextReport(out()).print(result);
    }
    return result.isClean() ? 0 : 1;
  }

  private LoadRun.@Nullable Result run(Plan plan, Side tested, @Nullable Side compared) {
    try {
      return new LoadRun(plan, tested, compared).run();
    } catch (LoadRun.PreloadFailed e) {
      err().println(e.getMessage());
      err().flush();
      return null;
    }
  }

  private int words(Vertx vertx, Plan plan, List<Target> targets, Path file) throws Exception {
    WordsRun test = new WordsRun(vertx, plan, targets, Words.of(Files.readAllLines(file)), err());
    WordsRun.Summary summary = test.run(words);
    out().println(isJson() ? summary.toJson().encodePrettily() : summary.toText());
    out().flush();
    return summary.isClean() ? 0 : 1;
  }

  private Side side(Vertx vertx, Plan plan, String name, List<Target> targets, List<Long> pids) {
    Progress progress = new Progress(err(), Terminal.isStandardError());
    return new Side(name, vertx, plan, targets, CpuMeter.of(pids), progress);
  }

  private void warnWithoutProc() {
    boolean asked = !compare.pids().isEmpty() || !compare.comparePids().isEmpty();
    if (asked && !Files.exists(Path.of("/proc/self/stat"))) {
      err().println("--pid needs /proc, which this system does not have: no server CPU is shown");
      err().flush();
    }
  }

  private boolean isJson() {
    return output.equals("json");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
