package dev.rondo.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {

  private static final String QUIET = "--sun-misc-unsafe-memory-access=allow";

  @Test
  void only_a_java_that_warns_of_unsafe_is_told_to_accept_it() {
    assertThat(Program.options(17)).doesNotContain(QUIET);
    assertThat(Program.options(23)).doesNotContain(QUIET);
    assertThat(Program.options(24)).contains(QUIET);
    assertThat(Program.options(25)).contains(QUIET);
  }

  @Test
  void options_of_the_operator_come_last_and_win() {
    List<String> command = Program.worker(List.of("-Xmx99m"), 2, Path.of("d", "node.json"));
    assertThat(command).startsWith(Program.java());
    assertThat(command).containsAll(Program.options(Runtime.version().feature()));
    int last = command.indexOf(Program.options(Runtime.version().feature()).get(8));
    assertThat(command.indexOf("-Xmx99m")).isGreaterThan(last);
  }
}
