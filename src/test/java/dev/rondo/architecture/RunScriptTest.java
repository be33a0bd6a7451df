package dev.rondo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run.sh} in a folder of its own, with a build and a java that only pretend. */
class RunScriptTest {

  @TempDir Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Files.copy(Path.of("run.sh"), folder.resolve("run.sh"));
    Files.createFile(folder.resolve("pom.xml"));
    tool("mvn", "echo built >> builds; sleep 1; mkdir -p target; touch target/rondo.jar");
    tool(
        "java",
        "if [ \"$1\" = -version ]; then echo 'openjdk version \"17\"'; else echo \"$@\"; fi");
    tool("javac", "exit 0");
  }

  private void tool(String name, String what) throws IOException {
    Path tool = Files.createDirectories(folder.resolve("tools")).resolve(name);
    Files.writeString(tool, "#!/usr/bin/env bash\n" + what + "\n");
    assertThat(tool.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void commands_given_at_the_same_time_build_once() throws Exception {
    Process first = run("put", "a");
    Process second = run("get", "a");

    assertThat(output(first)).contains("rondo.jar put a");
    assertThat(output(second)).contains("rondo.jar get a");
    assertThat(folder.resolve("builds")).hasContent("built");
  }

  @Test
  void what_is_built_and_not_changed_is_not_built_again() throws Exception {
    output(run("put", "a"));

    assertThat(output(run("get", "a"))).contains("rondo.jar get a").doesNotContain("Building");
    assertThat(folder.resolve("builds")).hasContent("built");
  }

  private Process run(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", "run.sh");
    builder.command().addAll(List.of(command));
    builder.environment().remove("JAVA_HOME");
    builder.environment().merge("PATH", "", (path, none) -> folder.resolve("tools") + ":" + path);
    return builder.directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ended").isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
