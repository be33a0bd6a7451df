package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.config.NodeFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonsTest {

  @Test
  void a_file_is_named_with_what_is_wrong_with_it() {
    assertThat(Reasons.of(new AccessDeniedException("/srv/data")))
        .isEqualTo("/srv/data: access denied");
    assertThat(Reasons.of(new NoSuchFileException("/srv/data")))
        .isEqualTo("/srv/data: no such file");
    assertThat(Reasons.of(new FileSystemException("/srv/data", null, "Read-only file system")))
        .isEqualTo("/srv/data: Read-only file system");
  }

  @Test
  void a_folder_that_is_a_file_is_said_to_be_there(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("data"));
    try (NodeFolder none = NodeFolder.claim(file)) {
      throw new AssertionError(none);
    } catch (IOException refused) {
      assertThat(Reasons.of(refused)).isEqualTo(file + ": file already exists");
    }
  }

  @Test
  void causes_follow_and_wrappers_say_nothing() {
    IOException denied = new AccessDeniedException("x");
    assertThat(Reasons.of(new IllegalStateException("vault", new UncheckedIOException(denied))))
        .isEqualTo("vault: x: access denied");
    assertThat(Reasons.of(new IllegalStateException("a\nb", new IOException("a")))).isEqualTo("a");
    assertThat(Reasons.of(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }
}
