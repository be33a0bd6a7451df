package dev.rondo.controller;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of a worker in the form in which java holds them in memory (application class data
 * sharing): with it a worker starts in half the processor time.
 *
 * <p>An archive fits one jar and one build of java; its name says which. Java itself checks that
 * again, and starts without the archive when it does not fit or is damaged. Everything here blocks.
 */
final class ClassArchive {
  private static final Logger log = LoggerFactory.getLogger(ClassArchive.class);
  private static final String SUFFIX = ".jsa";
  private static final String SUFFIX_OF_JARS = ".jar";

  private static final long PATIENCE_SECONDS = 5;

  private final Path jar;
  private final Path folder;
  private final Predicate<Path> judge;
  private final Map<Path, Boolean> judged = new ConcurrentHashMap<>();

  /** For the workers of {@code jar}; archives are kept in {@code folder}. */
  ClassArchive(Path jar, Path folder) {
    this(jar, folder, archive -> isTaken(archive, jar));
  }

  /** The same where {@code judge} says whether java takes an archive for this jar. */
  ClassArchive(Path jar, Path folder, Predicate<Path> judge) {
    this.jar = jar;
    this.folder = folder;
    this.judge = judge;
  }

  /** The options for java that use the archive, where there is one. */
  List<String> options() {
    return Stream.concat(builtWithTheJar(), made())
        .filter(ClassArchive::isWhole)
        .findFirst()
        .map(file -> List.of("-Xlog:cds*=off", "-XX:SharedArchiveFile=" + file))
        .orElse(List.of());
  }

  /** Whether {@link #make} has anything to do. */
  boolean isMissing() {
    return Files.exists(jar) && options().isEmpty();
  }

  /** Starts to make the archive, at low priority, in a process of its own. */
  Process make(String java, List<String> javaOptions) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
      command.addAll(List.of("/usr/bin/nice", "-n", "19"));
    }
    command.add(java);
    command.addAll(javaOptions);
    command.add("-XX:ArchiveClassesAtExit=" + draft());
    command.addAll(
        List.of("-jar", jar.toString(), "rehearse", folder.resolve("rehearsal").toString()));
    return new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("rehearsal.log").toFile())
        .start();
  }

  /** Takes the archive that was made, and drops those of other jars and javas. */
  void keep(int exit) throws IOException {
    if (exit != 0 || !Files.exists(draft())) {
      log.info("No archive of classes, workers start more slowly exit={}", exit);
      return;
    }
    for (Path old : archives(folder, "")) {
      Files.delete(old);
    }
    Path file = folder.resolve(fingerprint() + "-" + Files.size(draft()) + SUFFIX);
    Files.move(draft(), file, StandardCopyOption.ATOMIC_MOVE);
    log.info("Archive of classes made, workers start faster from now on file={}", file);
  }

  private Path draft() {
    return folder.resolve("classes.new");
  }

  /**
   * The build makes one beside the jar, so that the very first start is quick. Its name says when
   * the jar was made. Where it came with a jar that was copied, or from another java, this java
   * refuses it.
   */
  private Stream<Path> builtWithTheJar() {
    String name = jar.getFileName().toString().replace(SUFFIX_OF_JARS, "");
    String prefix = name + "-" + TimeUnit.MILLISECONDS.toSeconds(modified(jar)) + "-";
    return archives(jar.resolveSibling("").toAbsolutePath(), prefix).stream()
        .filter(archive -> judged.computeIfAbsent(archive, judge::test));
  }

  private static boolean isTaken(Path archive, Path jar) {
    List<String> command =
        List.of(
            Program.java(),
            "-Xshare:on",
            "-XX:SharedArchiveFile=" + archive,
            "-cp",
            jar.toString(),
            "-version");
    try {
      Process java =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = java.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      java.destroyForcibly();
      return ended && java.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Stream<Path> made() {
    return archives(folder, fingerprint()).stream();
  }

  /** Its name ends with its size: java falls over one that was cut short, say by a power cut. */
  private static boolean isWhole(Path archive) {
    try {
      return archive.toString().endsWith("-" + Files.size(archive) + SUFFIX);
    } catch (IOException e) {
      return false;
    }
  }

  private String fingerprint() {
    String one =
        String.join(
            "|",
            jar.toString(),
            String.valueOf(modified(jar)),
            System.getProperty("java.home"),
            System.getProperty("java.vm.version"));
    return "classes-" + HexFormat.of().toHexDigits(one.hashCode());
  }

  private static List<Path> archives(Path folder, String prefix) {
    try (var files = Files.newDirectoryStream(folder, prefix + "*" + SUFFIX)) {
      return StreamSupport.stream(files.spliterator(), false).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }
}
