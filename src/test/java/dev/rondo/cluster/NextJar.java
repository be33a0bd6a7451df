package dev.rondo.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** A jar with the verticles of the one under test, of which one says something else. */
final class NextJar {

  private static final String CHANGED = "dev/rondo/api/ReadAnswers.class";
  private static final String BEFORE = "X-Rondo-Coordinator";

  /** As long as the header before, so that nothing else in the class changes. */
  static final String HEADER = "X-Rondo-Koordinator";

  /** The same for the jar behind the next one. */
  static final String OTHER_HEADER = "X-Rondo-Coordinater";

  private static final List<String> PACKAGES =
      List.of(
          "dev/rondo/api/",
          "dev/rondo/router/",
          "dev/rondo/replication/",
          "dev/rondo/heartbeat/",
          "dev/rondo/persistence/",
          "dev/rondo/controller/");

  private NextJar() {}

  /** Writes it; its answer to a key that does not exist has {@link #HEADER}. */
  static void write(Path file) throws IOException {
    write(file, HEADER);
  }

  /** Writes one whose answer to a key that does not exist has this header. */
  static void write(Path file, String header) throws IOException {
    Files.createDirectories(file.getParent());
    try (JarFile now = new JarFile(System.getProperty("rondo.jar", "target/rondo.jar"));
        OutputStream out = Files.newOutputStream(file);
        JarOutputStream next = new JarOutputStream(out, now.getManifest())) {
      for (JarEntry entry : now.stream().toList()) {
        if (PACKAGES.stream().anyMatch(entry.getName()::startsWith) && !entry.isDirectory()) {
          byte[] bytes = now.getInputStream(entry).readAllBytes();
          next.putNextEntry(new JarEntry(entry.getName()));
          next.write(entry.getName().equals(CHANGED) ? changed(bytes, header) : bytes);
        }
      }
    }
  }

  private static byte[] changed(byte[] code, String header) {
    byte[] before = BEFORE.getBytes(StandardCharsets.UTF_8);
    byte[] after = header.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i + before.length <= code.length; i++) {
      if (Arrays.equals(code, i, i + before.length, before, 0, before.length)) {
        byte[] other = code.clone();
        System.arraycopy(after, 0, other, i, after.length);
        return other;
      }
    }
    throw new IllegalStateException(CHANGED + " does not say " + BEFORE);
  }
}
