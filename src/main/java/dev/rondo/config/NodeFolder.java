package dev.rondo.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one node, held as long as its process lives.
 *
 * <p>The lock is the operating system's: it ends with the process however that dies, so whoever
 * finds it taken knows that the node runs. The file {@code pid} says which process holds it.
 */
public final class NodeFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel channel;

  private NodeFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Makes the folder if need be and takes it; fails when another process has it. */
  public static NodeFolder claim(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      OptionalLong holder = holder(folder);
      throw new IOException(
          folder + " is in use by " + (holder.isPresent() ? "process " + holder.getAsLong() : "?"));
    }
    Files.writeString(folder.resolve("pid"), ProcessHandle.current().pid() + "\n");
    return new NodeFolder(folder, channel);
  }

  /** Whether a living process holds the folder. */
  public static boolean isHeld(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return lock(channel) == null;
    }
  }

  /** The process that holds, or held, the folder. */
  public static OptionalLong holder(Path folder) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(folder.resolve("pid")).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(folder.resolve("pid"));
    channel.close();
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }
}
