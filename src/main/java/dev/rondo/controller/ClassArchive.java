package dev.rondo.controller;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

  private final Path jar;
  private final Path folder;

  /** For the workers of {@code jar}; archives are kept in {@code folder}. */
  ClassArchive(Path jar, Path folder) {
    this.jar = jar;
    this.folder = folder;
  }

  /** The option for java that uses the archive, where there is one. */
  Optional<String> option() {
    return Stream.of(builtWithTheJar(), file().filter(Files::isRegularFile))
        .flatMap(Optional::stream)
        .findFirst()
        .map(file -> "-XX:SharedArchiveFile=" + file);
  }

  /** Whether {@link #make} has anything to do. */
  boolean isMissing() {
    return file().isPresent() && option().isEmpty();
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
    Optional<Path> file = file();
    if (exit != 0 || file.isEmpty() || !Files.exists(draft())) {
      log.info("No archive of classes, workers start more slowly exit={}", exit);
      return;
    }
    try (var old = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path path : old) {
        Files.delete(path);
      }
    }
    Files.move(draft(), file.get(), StandardCopyOption.ATOMIC_MOVE);
    log.info("Archive of classes made, workers start faster from now on file={}", file.get());
  }

  private Path draft() {
    return folder.resolve("classes.new");
  }

  /** The start script makes one when it builds the jar, so that the very first start is quick. */
  private Optional<Path> builtWithTheJar() {
    Path beside = jar.resolveSibling(jar.getFileName().toString().replace(".jar", SUFFIX));
    try {
      boolean fresh =
          Files.getLastModifiedTime(beside).compareTo(Files.getLastModifiedTime(jar)) >= 0;
      return fresh ? Optional.of(beside) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Empty when the jar cannot be read. */
  private Optional<Path> file() {
    try {
      String name =
          String.join(
              "|",
              jar.toString(),
              String.valueOf(Files.size(jar)),
              Files.getLastModifiedTime(jar).toString(),
              System.getProperty("java.home"),
              System.getProperty("java.vm.version"));
      String hash = HexFormat.of().toHexDigits(name.hashCode());
      return Optional.of(folder.resolve("classes-" + hash + SUFFIX));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
