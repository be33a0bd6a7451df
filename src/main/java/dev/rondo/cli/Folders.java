package dev.rondo.cli;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names of folders where a file is wanted: the system says so late, and without the name. */
final class Folders {

  private Folders() {}

  /** Returns the name again, unless it is that of a folder. */
  static Path refuse(Path file) throws FileSystemException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a folder");
    }
    return file;
  }
}
