package dev.rondo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFolderTest {
  @TempDir Path data;

  @Test
  void the_second_process_on_the_same_data_is_refused() throws IOException {
    Path folder = data.resolve("worker-0");
    try (NodeFolder held = NodeFolder.claim(folder)) {
      long pid = ProcessHandle.current().pid();
      assertThat(NodeFolder.holder(folder)).hasValue(pid);
      assertThatThrownBy(() -> NodeFolder.claim(folder))
          .isInstanceOf(IOException.class)
          .hasMessage(held + " is in use by process " + pid);
    }
  }

  @Test
  void a_folder_that_nobody_holds_can_be_claimed_again() throws IOException {
    Path folder = data.resolve("worker-0");
    assertThat(NodeFolder.isHeld(folder)).isFalse();
    NodeFolder.claim(folder).close();
    assertThat(NodeFolder.isHeld(folder)).isFalse();
    assertThat(NodeFolder.holder(folder)).isEmpty();
    NodeFolder.claim(folder).close();
  }

  @Test
  void a_folder_is_held_also_when_there_is_no_room_to_say_by_whom() throws IOException {
    // A folder in the file's place fails as a full disk does.
    Files.createDirectories(data.resolve("pid").resolve("in the way"));
    try (NodeFolder held = NodeFolder.claim(data)) {
      assertThat(NodeFolder.isHeld(data)).isTrue();
      assertThat(NodeFolder.holder(data)).isEmpty();
      assertThatThrownBy(() -> NodeFolder.claim(data)).hasMessage(held + " is in use by ?");
    }
    assertThat(NodeFolder.isHeld(data)).isFalse();
  }

  @Test
  void what_a_dead_process_left_does_not_count() throws IOException {
    Files.writeString(data.resolve("pid"), "nonsense");
    Files.createFile(data.resolve("lock"));
    assertThat(NodeFolder.isHeld(data)).isFalse();
    assertThat(NodeFolder.holder(data)).isEmpty();
  }
}
