package dev.rondo.cli;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where an export goes. It has its name only when it is complete; until then {@code .part} is
 * appended to it, and an export that was interrupted goes on behind the last whole line of that.
 */
final class ExportFile {

  private static final int TAIL = 64 << 10;

  private final Path target;
  private final Path part;
  private String lastKey = "";

  ExportFile(Path target) {
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
  }

  /** Opens the part, behind what is there or anew. */
  OutputStream open(boolean resume) throws IOException {
    Folders.refuse(target);
    if (!resume) {
      return Files.newOutputStream(part);
    }
    if (Files.exists(target)) {
      throw new IllegalArgumentException(target + " is complete, there is nothing to resume");
    }
    RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw");
    try {
      long end = endOfLine(file, file.length());
      file.setLength(end);
      lastKey = end == 0 ? "" : keyOf(file, endOfLine(file, end - 1), end);
      file.seek(end);
      return Channels.newOutputStream(file.getChannel());
    } catch (IOException | RuntimeException unusable) {
      file.close();
      throw unusable;
    }
  }

  /** The last key that is there already; empty for none. */
  String lastKey() {
    return lastKey;
  }

  /** All of it is written, and on the disk. */
  void complete() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
      file.getFD().sync();
    }
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
  }

  /** It has failed: what nothing was written to is no export that could be resumed. */
  void dropIfEmpty() throws IOException {
    if (Files.exists(part) && Files.size(part) == 0) {
      Files.delete(part);
    }
  }

  /** Where the last line that ends before {@code end} ends. */
  private static long endOfLine(RandomAccessFile file, long end) throws IOException {
    byte[] tail = new byte[TAIL];
    for (long to = end; to > 0; to -= TAIL) {
      int length = (int) Math.min(TAIL, to);
      file.seek(to - length);
      file.readFully(tail, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (tail[i] == '\n') {
          return to - length + i + 1;
        }
      }
    }
    return 0;
  }

  private String keyOf(RandomAccessFile file, long from, long end) throws IOException {
    byte[] line = new byte[Math.toIntExact(end - from)];
    file.seek(from);
    file.readFully(line);
    try {
      String key = new JsonObject(Buffer.buffer(line)).getString("key");
      if (key != null) {
        return key;
      }
    } catch (DecodeException | ClassCastException foreign) {
      // Said below.
    }
    throw new IllegalArgumentException(part + " is no export that was interrupted");
  }
}
