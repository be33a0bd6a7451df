package dev.rondo.persistence;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much may still be written to the file system of the store. */
interface FreeSpace {

  /** Free for this process, in bytes. */
  long usableBytes() throws IOException;

  /** The free space where this folder is. */
  static FreeSpace of(Path folder) throws IOException {
    FileStore fileSystem = Files.getFileStore(folder);
    return fileSystem::getUsableSpace;
  }
}
