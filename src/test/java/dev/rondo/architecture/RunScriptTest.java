package dev.rondo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run.sh} in a folder of its own, with a build and a java that only pretend. */
class RunScriptTest {

  @TempDir Path temporary;
  private Path folder;
  private Path caller;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectories(temporary.toRealPath().resolve("the project"));
    caller = Files.createDirectories(temporary.toRealPath().resolve("somewhere else"));
    Files.copy(Path.of("run.sh"), folder.resolve("run.sh"));
    Files.createFile(folder.resolve("pom.xml"));
    tool("mvn", "echo built >> builds; sleep 1; mkdir -p target; touch target/rondo.jar");
    java("17.0.9");
    tool("javac", "exit 0");
  }

  private void java(String version) throws IOException {
    tool(
        "java",
        "if [ \"$1\" = -version ]; then echo 'openjdk version \"%s\"'; else echo \"$@, in $PWD\"; fi"
            .formatted(version));
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
    output(run());

    assertThat(output(run())).contains("rondo.jar --conf").doesNotContain("Building");
    assertThat(folder.resolve("builds")).hasContent("built");
  }

  @Test
  void commands_take_the_jar_that_there_is_and_a_start_builds_what_has_changed() throws Exception {
    output(run("put", "a"));
    FileTime later = FileTime.from(Instant.now().plusSeconds(60));
    Files.setLastModifiedTime(folder.resolve("pom.xml"), later);

    assertThat(output(run("status"))).contains("rondo.jar status").doesNotContain("Building");
    assertThat(output(run("help", "get"))).contains("rondo.jar help get");
    assertThat(output(run())).contains("Building", "rondo.jar --conf");
  }

  @Test
  void java_is_told_to_accept_how_libraries_use_memory_where_it_would_warn() throws Exception {
    String option = "--sun-misc-unsafe-memory-access=allow";
    assertThat(output(run("get", "a"))).doesNotContain(option);
    java("23.0.1");
    assertThat(output(run("get", "a"))).doesNotContain(option);
    java("24-ea");
    assertThat(output(run("get", "a"))).contains(option + " -jar");
    assertThat(output(run())).contains(option);
  }

  @Test
  void a_node_does_not_take_a_quarter_of_the_machine_unless_somebody_says_so() throws Exception {
    String limits = "-Xms64m -Xmx512m -XX:+UseSerialGC -jar";
    assertThat(output(run())).contains(limits);
    assertThat(output(run("--role", "worker"))).contains(limits);
    assertThat(output(run("get", "a"))).doesNotContain("-Xm");
    assertThat(output(run(Map.of("RONDO_JAVA_OPTS", "-Xmx1g -Da=b"))))
        .contains("-Xmx1g -Da=b -jar")
        .doesNotContain("-Xmx512m");
    assertThat(output(run(Map.of("RONDO_JAVA_OPTS", "")))).doesNotContain("-Xm");
  }

  @Test
  void commands_find_and_leave_files_where_they_are_called() throws Exception {
    assertThat(output(run("export", "backup.ndjson")))
        .contains("rondo.jar export backup.ndjson, in " + caller);
  }

  @Test
  void a_cluster_is_that_of_the_project_wherever_it_is_called() throws Exception {
    assertThat(output(run()))
        .contains("rondo.jar --conf " + folder + "/conf/node.json, in " + folder);
  }

  @Test
  void what_the_caller_names_is_the_callers() throws Exception {
    String started = "rondo.jar --conf %1$s/a.json --data=%1$s/d --id 3, in " + folder;
    assertThat(output(run("--conf", "a.json", "--data=d", "--id", "3")))
        .contains(started.formatted(caller));
    assertThat(output(run("--set", "data=d", "--set=redeploy.jarDirectory=j", "--set", "id=3")))
        .contains(
            "rondo.jar --set data=%1$s/d --set=redeploy.jarDirectory=%1$s/j --set id=3, in "
                    .formatted(caller)
                + folder);
    assertThat(output(run("node", "--data", "/d", "--conf")))
        .contains("rondo.jar node --data /d --conf, in " + folder);
  }

  @Test
  void an_archive_of_classes_is_found_from_everywhere() throws Exception {
    output(run("put", "a"));
    long seconds =
        Files.getLastModifiedTime(folder.resolve("target/rondo.jar")).to(TimeUnit.SECONDS);
    Path archive = Files.writeString(folder.resolve("target/rondo-" + seconds + "-3.jsa"), "abc");

    assertThat(output(run("get", "a"))).contains("-XX:SharedArchiveFile=" + archive + " -jar");
  }

  private Process run(String... command) throws IOException {
    return run(Map.of(), command);
  }

  private Process run(Map<String, String> variables, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", folder.resolve("run.sh").toString());
    builder.command().addAll(List.of(command));
    builder.environment().keySet().removeIf(name -> name.matches("JAVA_HOME|RONDO_.*"));
    builder.environment().putAll(variables);
    builder.environment().merge("PATH", "", (path, none) -> folder.resolve("tools") + ":" + path);
    return builder.directory(caller.toFile()).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ended").isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
