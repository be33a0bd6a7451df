package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.config.NodeConfig;
import dev.rondo.config.Role;
import dev.rondo.config.Setting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandLinesTest {
  private final List<NodeConfig> started = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void without_a_command_it_starts_the_shipped_node() {
    assertThat(run(Map.of())).isEqualTo(7);
    assertThat(started).hasSize(1).first().extracting(NodeConfig::role).isEqualTo(Role.CONTROLLER);
  }

  @Test
  void settings_are_flags_of_the_root_and_of_the_node_command() {
    run(Map.of(), "--role", "worker", "--id", "2", "--http.port=5003", "--set", "ring.vnodes=9");
    run(Map.of(), "node", "--role", "worker", "--id", "2", "--ring.vnodes", "9");
    assertThat(started).hasSize(2);
    assertThat(started.get(0)).isEqualTo(started.get(1));
    assertThat(started.get(0).ring().vnodes()).isEqualTo(9);
    assertThat(started.get(0).title()).isEqualTo("WORKER 2");
  }

  @Test
  void values_may_look_like_flags() {
    run(Map.of(), "--supervisor.javaOptions", "-Xmx99m -Xms9m");
    assertThat(started.get(0).supervisor().javaOptions()).containsExactly("-Xmx99m", "-Xms9m");
  }

  @Test
  void the_file_can_be_named_by_flag_and_variable(@TempDir Path folder) throws Exception {
    String file = Files.writeString(folder.resolve("a.json"), "{\"cluster\":\"a\"}").toString();
    String other = Files.writeString(folder.resolve("b.json"), "{\"cluster\":\"b\"}").toString();
    run(Map.of(), "--conf", file);
    run(Map.of("RONDO_CONF", other));
    run(Map.of("RONDO_CONF", other), "--conf", file);
    assertThat(started).extracting(NodeConfig::cluster).containsExactly("a", "b", "a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--http.prot 1            | unknown flag --http.prot = '1'; did you mean --http.port?",
        "--http.prot=1            | unknown flag --http.prot = '1'; did you mean --http.port?",
        "--http.valueBytesMax 1   | unknown flag --http.valueBytesMax = '1'; did you mean --limits.valueBytesMax?",
        "--set http.prot=1        | unknown setting http.prot = '1'; did you mean http.port?",
        "--http.prot -x           | unknown flag --http.prot; did you mean --http.port?",
        "--http.prot node         | unknown flag --http.prot; did you mean --http.port?",
        "--grpc.deadline=1        | unknown flag --grpc.deadline = '1'; allowed: --grpc.port, --grpc.queueMax",
        "--redeploy 1             | unknown flag --redeploy = '1'; allowed: --redeploy.jarDirectory, --redeploy.readySeconds, --redeploy.drainSeconds",
        "--http.port abc          | http.port is 'abc', allowed: a whole number",
        "--http.port 70000        | http.port is 70000, allowed: 0 to 65535",
        "--http.port              | Missing required parameter for option '--http.port' (VALUE)",
        "--conf missing.json      | conf is 'missing.json', allowed: a file that exists",
        "--id -1                  | id is -1, allowed: 0 to 9999",
        "nod                      | unknown command nod; did you mean node?",
        "node b                   | one argument too many: 'b'; usage: rondo node [OPTIONS]",
        "--set =3                 | --set is '=3', allowed: NAME=VALUE, such as timeouts.hedgeMillis=30",
        "node --set foo           | --set is 'foo', allowed: NAME=VALUE, such as timeouts.hedgeMillis=30",
        "elsewhere                | unknown command elsewhere; allowed: node, other",
        "--id 1 node              | --id must stand behind node",
      })
  void what_is_wrong_is_one_line_and_exit_code_2(String arguments, String message) {
    assertThat(run(Map.of(), arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("rondo: " + message + System.lineSeparator());
    assertThat(out.toString()).isEmpty();
    assertThat(started).isEmpty();
  }

  @Test
  void unknown_variables_are_refused() {
    assertThat(run(Map.of("RONDO_PORT_HTTPS", "1"))).isEqualTo(2);
    assertThat(err.toString()).startsWith("rondo: unknown variable RONDO_PORT_HTTPS");
  }

  @Test
  void help_names_every_flag() {
    assertThat(run(Map.of(), "--help")).isZero();
    for (Setting setting : Setting.values()) {
      assertThat(out.toString()).contains(setting.flag() + "=");
    }
  }

  @Test
  void version_is_one_line() {
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(out.toString()).startsWith("rondo ").hasLineCount(1);
  }

  @Test
  void other_commands_can_be_added() {
    assertThat(run(Map.of(), "other")).isEqualTo(3);
    assertThat(started).isEmpty();
  }

  private int run(Map<String, String> environment, String... arguments) {
    CommandLine commands =
        CommandLines.of(
            config -> {
              started.add(config);
              return 7;
            },
            environment,
            List.of(new Other()));
    return commands
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Command(name = "other")
  static final class Other implements Callable<Integer> {
    @Override
    public Integer call() {
      return 3;
    }
  }
}
