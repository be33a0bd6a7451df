package dev.rondo.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {

  private static final String QUIET = "--sun-misc-unsafe-memory-access=allow";

  @Test
  void only_a_java_that_warns_of_unsafe_is_told_to_accept_it() {
    assertThat(Program.options(17, false)).doesNotContain(QUIET);
    assertThat(Program.options(23, false)).doesNotContain(QUIET);
    assertThat(Program.options(24, false)).contains(QUIET);
    assertThat(Program.options(25, false)).contains(QUIET);
  }

  @Test
  void options_of_the_operator_come_last_and_win() {
    List<String> command = Program.worker(List.of("-Xmx99m"), 2, Path.of("d", "node.json"));
    assertThat(command).startsWith(Program.java());
    List<String> ours = Program.options(Runtime.version().feature(), false);
    assertThat(command).containsAll(ours);
    assertThat(command.indexOf("-Xmx99m"))
        .isGreaterThan(command.indexOf(ours.get(ours.size() - 1)));
  }

  @Test
  void large_pages_are_asked_for_where_the_machine_gives_them(@TempDir Path folder)
      throws IOException {
    Path given = folder.resolve("enabled");
    assertThat(Program.largePages(given)).isFalse();
    assertThat(Program.largePages(Files.writeString(given, "always madvise [never]\n"))).isFalse();
    assertThat(Program.largePages(Files.writeString(given, "always [madvise] never\n"))).isTrue();
    assertThat(Program.largePages(Files.writeString(given, "[always] madvise never\n"))).isTrue();

    String asks = "-XX:+UseTransparentHugePages";
    assertThat(Program.options(17, true)).contains(asks);
    assertThat(Program.options(17, false)).doesNotContain(asks);
  }
}
