package dev.rondo.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A small file system in memory. Where none may be mounted, the class is skipped. */
final class Tmpfs implements BeforeAllCallback, AfterAllCallback {

  private final long bytes;
  private Path folder = Path.of("");

  Tmpfs(long bytes) {
    this.bytes = bytes;
  }

  Path folder() {
    return folder;
  }

  /** What is free now. */
  long freeBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Path root = Files.createDirectories(Path.of("target", "it"));
    Path made = Files.createTempDirectory(root, "tmpfs-").toAbsolutePath();
    boolean mounted =
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", made.toString()));
    if (!mounted) {
      Files.delete(made);
    }
    assumeTrue(mounted, "a tmpfs can be mounted here");
    folder = made;
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (folder.isAbsolute()) {
      run(List.of("umount", "-l", folder.toString()));
      Files.deleteIfExists(folder);
    }
  }

  private static boolean run(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
