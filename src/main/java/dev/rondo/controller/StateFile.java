package dev.rondo.controller;

import dev.rondo.config.StateDocument;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.record.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The controller's copy of the cluster state on disk: the old one or the new one, never neither.
 */
final class StateFile {

  private static final String NAME = "cluster.json";

  private final Path folder;

  StateFile(Path folder) {
    this.folder = folder;
  }

  /** What was saved last; empty for nothing. Fails when it cannot be read. */
  Optional<ClusterState> load() throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(StateDocument.decode(Bytes.wrap(Files.readAllBytes(file))));
    } catch (IllegalStateException damaged) {
      throw new IOException(file + ": " + damaged.getMessage(), damaged);
    }
  }

  /** Returns once it is durable. */
  void save(ClusterState state) throws IOException {
    Files.createDirectories(folder);
    Path draft = folder.resolve(NAME + ".draft");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer text = ByteBuffer.wrap(StateDocument.encode(state).toArray());
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    Files.move(draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }
}
