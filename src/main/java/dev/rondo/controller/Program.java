package dev.rondo.controller;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** This very program, as the command line that starts it once more. */
final class Program {
  private static final String MAIN = "dev.rondo.Rondo";

  /**
   * Several workers share a few cores, on which java's best compiler competes with the requests for
   * the first minute. It waits somewhat longer than usual before it works on a method: what is hot
   * for a start alone is then mostly left to the quick one, whose code, though, takes twice the
   * time under load, so that it must not wait much longer. And it inlines less, which halves its
   * work: full speed is reached in two thirds of the time, for a few per cent of that speed.
   *
   * <p>The classes of a worker take some 50 MiB; java's own threshold for them would stop it twice
   * for a full collection, the second time under its first load.
   */
  private static final List<String> TUNING =
      List.of(
          "-XX:Tier4InvocationThreshold=7500",
          "-XX:Tier4MinInvocationThreshold=900",
          "-XX:Tier4CompileThreshold=22500",
          "-XX:Tier4BackEdgeThreshold=60000",
          "-XX:Tier3DelayOn=0",
          "-XX:MaxInlineLevel=4",
          "-XX:FreqInlineSize=100",
          "-XX:InlineSmallCode=1000",
          "-XX:MetaspaceSize=128m");

  private static final int WARNS_OF_UNSAFE = 24;

  /**
   * Compiled code and the heap on pages of 2 MiB: several workers miss the tables of small ones so
   * often that an operation costs a tenth more.
   */
  private static final String LARGE_PAGES = "-XX:+UseTransparentHugePages";

  /** Where Linux says whether who asks for such pages gets them: {@code always [madvise] never}. */
  private static final Path LARGE_PAGES_GIVEN =
      Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  private Program() {}

  /** The java that runs this process. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The jar that this class is in; none while developing. */
  static Optional<Path> jar() {
    try {
      var source = Program.class.getProtectionDomain().getCodeSource();
      Path place = Path.of(source.getLocation().toURI());
      return place.toString().endsWith(".jar") ? Optional.of(place) : Optional.empty();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where is this program?", e);
    }
  }

  /**
   * What a java of this release starts a worker with. From 24 on it warns of how libraries use
   * memory; older ones do not know that option. Only a java for Linux knows the one for large
   * pages, and it warns where there are none.
   */
  static List<String> options(int release, boolean largePages) {
    List<String> options = new ArrayList<>(TUNING);
    if (largePages) {
      options.add(LARGE_PAGES);
    }
    if (release >= WARNS_OF_UNSAFE) {
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    return options;
  }

  /** Whether this machine gives large pages to who asks, as {@code file} has it. */
  static boolean largePages(Path file) {
    try {
      return !Files.readString(file).contains("[never]");
    } catch (IOException e) {
      return false;
    }
  }

  /** A worker whose configuration stands in {@code file} and whose log is beside that. */
  static List<String> worker(List<String> javaOptions, int worker, Path file) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(options(Runtime.version().feature(), largePages(LARGE_PAGES_GIVEN)));
    command.add("-Drondo.log.file=" + file.resolveSibling("worker.log"));
    command.addAll(javaOptions);
    command.addAll(
        jar()
            .map(jar -> List.of("-jar", jar.toString()))
            .orElseGet(() -> List.of("-cp", System.getProperty("java.class.path"), MAIN)));
    command.addAll(List.of("--role", "worker", "--id", String.valueOf(worker)));
    command.addAll(List.of("--conf", file.toString()));
    return command;
  }
}
