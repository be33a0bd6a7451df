package dev.rondo.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerLogTest {

  private static final int LINES = 500;

  /** The size is looked at ten times a second, so the program waits for its file to be moved. */
  @Test
  void the_log_of_a_worker_is_two_files_at_most_and_loses_nothing(@TempDir Path parent)
      throws IOException {
    Path folder = Files.createDirectory(parent.resolve("100%i (new)"));
    Path log = folder.resolve("worker.log");
    Path old = folder.resolve("worker.log.1");
    Process chatter = start(log);
    try (BufferedReader said = chatter.inputReader()) {
      batch(chatter, said);
      await().until(() -> turned(chatter, said, old));
      assertThat(chatter.isAlive()).isTrue();
    } finally {
      chatter.destroyForcibly();
    }
    List<String> lines = Stream.of(old, log).flatMap(file -> lines(file).stream()).toList();
    int first = number(lines.get(0));
    assertThat(lines.stream().map(WorkerLogTest::number))
        .containsExactlyElementsOf(IntStream.range(first, first + lines.size()).boxed().toList());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(log, old);
    }
  }

  private static boolean turned(Process chatter, BufferedReader said, Path old) throws IOException {
    batch(chatter, said);
    return Files.exists(old);
  }

  private static void batch(Process chatter, BufferedReader said) throws IOException {
    chatter.getOutputStream().write('.');
    chatter.getOutputStream().flush();
    assertThat(said.readLine()).startsWith("batch");
  }

  private static Process start(Path log) throws IOException {
    return new ProcessBuilder(
            Program.java(),
            "-XX:TieredStopAtLevel=1",
            "-Drondo.log.file=" + log,
            "-Drondo.log.bytes=20000",
            "-cp",
            System.getProperty("java.class.path"),
            Chatter.class.getName(),
            String.valueOf(LINES))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int number(String line) {
    return Integer.parseInt(line.substring(line.lastIndexOf('=') + 1));
  }
}
