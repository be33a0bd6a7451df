package dev.rondo.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir Path temporary;
  private Path jar;
  private Path folder;
  private ClassArchive archive;
  private boolean taken = true;

  @BeforeEach
  void prepare() throws IOException {
    jar = Files.writeString(temporary.resolve("rondo.jar"), "jar");
    folder = Files.createDirectories(temporary.resolve("data"));
    archive = new ClassArchive(jar, folder, beside -> taken);
  }

  @Test
  void without_an_archive_java_gets_no_options() {
    assertThat(archive.options()).isEmpty();
    assertThat(archive.isMissing()).isTrue();
  }

  @Test
  void an_archive_that_was_made_is_used() throws IOException {
    keep();
    assertThat(archive.isMissing()).isFalse();
    assertThat(archive.options()).last().asString().startsWith("-XX:SharedArchiveFile=" + folder);
  }

  @Test
  void an_archive_of_another_jar_is_not_used_and_goes_in_the_end() throws IOException {
    keep();
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    assertThat(archive.options()).isEmpty();
    keep();
    assertThat(archives()).hasSize(1);
    assertThat(archive.options()).isNotEmpty();
  }

  @Test
  void an_archive_that_was_cut_short_is_not_used() throws IOException {
    keep();
    Files.writeString(archives().get(0), "arch");
    assertThat(archive.options()).isEmpty();
  }

  @Test
  void a_rehearsal_that_failed_leaves_no_archive() throws IOException {
    Files.writeString(folder.resolve("classes.new"), "archive");
    archive.keep(1);
    assertThat(archive.options()).isEmpty();
  }

  @Test
  void an_archive_beside_the_jar_is_used_unless_the_jar_is_another_one() throws IOException {
    long made = Files.getLastModifiedTime(jar).to(TimeUnit.SECONDS);
    Path beside = Files.writeString(temporary.resolve("rondo-" + made + "-7.jsa"), "archive");
    assertThat(archive.options()).contains("-XX:SharedArchiveFile=" + beside);
    Files.setLastModifiedTime(jar, FileTime.from(made + 60, TimeUnit.SECONDS));
    assertThat(archive.options()).isEmpty();
  }

  @Test
  void an_archive_beside_the_jar_that_java_does_not_take_is_as_good_as_none() throws IOException {
    long made = Files.getLastModifiedTime(jar).to(TimeUnit.SECONDS);
    Files.writeString(temporary.resolve("rondo-" + made + "-7.jsa"), "archive");
    taken = false;
    assertThat(archive.isMissing()).isTrue();
    keep();
    assertThat(archive.options()).last().asString().startsWith("-XX:SharedArchiveFile=" + folder);
    assertThat(new ClassArchive(jar, folder.resolve("other")).isMissing()).isTrue();
  }

  private void keep() throws IOException {
    Files.writeString(folder.resolve("classes.new"), "archive");
    archive.keep(0);
  }

  private List<Path> archives() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }
}
