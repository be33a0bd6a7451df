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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one node, held as long as its process lives.
 *
 * <p>The lock is the operating system's: it ends with the process however that dies, so whoever
 * finds it taken knows that the node runs. The file {@code pid} says which process holds it, unless
 * there was no room for it.
 */
public final class NodeFolder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NodeFolder.class);

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
    sign(folder.resolve("pid"));
    return new NodeFolder(folder, channel);
  }

  /** On a full disk this fails. Whoever reads it then must not take a former process for ours. */
  private static void sign(Path file) {
    try {
      Files.writeString(file, ProcessHandle.current().pid() + "\n");
    } catch (IOException e) {
      log.warn("Process not named, the lock alone says that it runs reason={}", e.toString());
      forget(file);
    }
  }

  private static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("Process still named after its end reason={}", e.toString());
    }
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
    forget(folder.resolve("pid"));
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
