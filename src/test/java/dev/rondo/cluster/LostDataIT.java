package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker comes back without its data, or with data that it cannot trust. */
class LostDataIT {
  @RegisterExtension static final Cluster cluster = Cluster.of(4);

  @Test
  void a_worker_with_a_wiped_folder_gets_all_its_keys_back_and_nobody_misses_any_meanwhile() {
    List<String> keys = write("wiped-");
    cluster.kill9(3);
    cluster.wipe(3);
    cluster.start(3);
    nothingIsMissingUntilOnline(3, keys);
    allInPlace("wiped-", keys);
  }

  @Test
  void a_worker_with_a_corrupt_log_sets_it_aside_and_is_rebuilt() throws IOException {
    List<String> keys = write("corrupt-");
    cluster.kill9(1);
    corrupt(newestLog(cluster.folder(1)));
    cluster.start(1);
    nothingIsMissingUntilOnline(1, keys);
    assertThat(cluster.node(1).getJsonObject("storage").getString("setAside")).isNotBlank();
    allInPlace("corrupt-", keys);
  }

  @Test
  void bits_that_flip_in_fifty_places_are_never_served_and_are_made_good() throws IOException {
    List<String> keys = write("flipped-");
    cluster.terminate(2);
    flip(tables(cluster.folder(2)), 50);
    cluster.start(2);
    nothingIsMissingUntilOnline(2, keys);
    allInPlace("flipped-", keys);
    cluster.awaitOnline(2);
    for (String key : keys) {
      isThere(2, key, "?r=1", false);
    }
  }

  private static List<Path> tables(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".sst")).sorted().toList();
    }
  }

  private static void flip(List<Path> files, int places) throws IOException {
    Random random = new Random(places);
    for (int i = 0; i < places; i++) {
      try (RandomAccessFile file =
          new RandomAccessFile(files.get(random.nextInt(files.size())).toFile(), "rw")) {
        long at = (long) (random.nextDouble() * file.length());
        file.seek(at);
        int octet = file.read();
        file.seek(at);
        file.write(octet ^ 1 << random.nextInt(Byte.SIZE));
      }
    }
  }

  private static List<String> write(String prefix) {
    List<String> keys = IntStream.range(0, 300).mapToObj(i -> prefix + i).toList();
    for (String key : keys) {
      KvClient.Reply reply = cluster.client(0).put(key, "value of " + key, "?w=3");
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }
    return keys;
  }

  /** Reads through everyone, also through the one that is being rebuilt as soon as it answers. */
  private static void nothingIsMissingUntilOnline(int rebuilt, List<String> keys) {
    int[] next = {0};
    await()
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              String key = keys.get(next[0]++ % keys.size());
              for (int worker : cluster.ids()) {
                isThere(worker, key, "?r=2", worker == rebuilt);
                isThere(worker, key, "?r=1", worker == rebuilt);
              }
              return next[0] % 10 == 0 && isOnline(rebuilt);
            });
  }

  private static void isThere(int worker, String key, String query, boolean mayRefuse) {
    KvClient.Reply reply;
    try {
      reply = cluster.client(worker).get(key, query);
    } catch (UncheckedIOException notListening) {
      assertThat(mayRefuse).as("worker %d does not answer", worker).isTrue();
      return;
    }
    if (!mayRefuse || reply.status() < 500) {
      assertThat(reply.status()).as("%s%s at worker %d", key, query, worker).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("value of " + key);
    }
  }

  private static boolean isOnline(int worker) {
    return cluster.client(worker).isOk("/health/ready")
        && "ONLINE".equals(cluster.node(worker).getString("status"));
  }

  private static void allInPlace(String prefix, List<String> keys) {
    await()
        .atMost(Cluster.PATIENCE)
        .untilAsserted(() -> assertThat(Holdings.of(cluster, prefix).faults(keys)).isEmpty());
  }

  private static Path newestLog(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d+\\.log"))
          .filter(file -> file.toFile().length() > 4096)
          .max(Comparator.comparing(file -> file.getFileName().toString()))
          .orElseThrow();
    }
  }

  private static void corrupt(Path file) throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] bytes = new byte[16];
      log.seek(log.length() / 2);
      log.readFully(bytes);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ~bytes[i];
      }
      log.seek(log.length() / 2);
      log.write(bytes);
    }
  }
}
