package dev.rondo.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that survive a power cut. */
final class Folders {

  private Folders() {}

  /** Makes the folder and what is above it; each entry is on the disk when this returns. */
  static void create(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (Files.isDirectory(folder) || parent == null) {
      return;
    }
    create(parent);
    Files.createDirectories(folder);
    sync(parent);
  }

  /** Brings the entries of a folder to the disk. */
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Deletes a folder with all that is in it, if it exists. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  /** What is in a folder. */
  static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (UncheckedIOException failure) {
      // A disk that fails in the middle of the list says so in this way.
      throw failure.getCause();
    }
  }

  /** The size of the files in a folder. Files that go away meanwhile do not count. */
  static long size(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : entries(folder)) {
      try {
        bytes += Files.size(file);
      } catch (NoSuchFileException deleted) {
        // A compaction was faster.
      }
    }
    return bytes;
  }
}
