package dev.rondo.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What a java process holds besides its heap, after a collection.
 *
 * @param classes how many are loaded
 * @param threads how many run
 * @param metaspaceBytes what the classes take up
 */
record Footprint(long classes, long threads, long metaspaceBytes) {

  /** Has the process collect, and asks the node that it is. */
  static Footprint of(long pid, KvClient node) {
    collect(pid);
    String metrics = node.get("/metrics").body();
    return new Footprint(
        value(metrics, "jvm_classes_loaded_classes "),
        value(metrics, "jvm_threads_live_threads "),
        value(metrics, "jvm_memory_used_bytes{area=\"nonheap\",id=\"Metaspace\"} "));
  }

  private static long value(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> (long) Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + name));
  }

  private static void collect(long pid) {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process collection =
          new ProcessBuilder(tool, Long.toString(pid), "GC.run")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (collection.waitFor() != 0) {
        throw new IllegalStateException("jcmd " + pid + " GC.run failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
