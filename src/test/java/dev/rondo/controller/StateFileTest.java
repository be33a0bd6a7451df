package dev.rondo.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Quorums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  private static final ClusterState FIRST = TestConfigs.ring(3).firstState();

  @TempDir Path data;

  @Test
  void nothing_was_saved_at_first() throws IOException {
    assertThat(new StateFile(data.resolve("none")).load()).isEmpty();
  }

  @Test
  void what_was_saved_last_is_loaded() throws IOException {
    StateFile file = new StateFile(data.resolve("controller"));
    file.save(FIRST);
    ClusterState changing = FIRST.changingTo(new Quorums(2, 2, 1));
    file.save(changing);
    assertThat(new StateFile(data.resolve("controller")).load()).contains(changing);
  }

  @Test
  void a_draft_that_was_never_finished_does_no_harm() throws IOException {
    StateFile file = new StateFile(data);
    file.save(FIRST);
    Files.writeString(data.resolve("cluster.json.draft"), "{\"epo");
    assertThat(file.load()).contains(FIRST);
    file.save(FIRST.changingTo(new Quorums(1, 1, 1)));
    assertThat(file.load()).contains(FIRST.changingTo(new Quorums(1, 1, 1)));
  }

  @Test
  void a_damaged_file_is_named() throws IOException {
    Files.writeString(data.resolve("cluster.json"), "{");
    assertThatThrownBy(() -> new StateFile(data).load())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cluster.json");
  }
}
