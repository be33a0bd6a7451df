package dev.rondo.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Measures what an owner that is late by 200 ms costs those who write, for {@code
 * mechanisms/writing.md}: keys that it owns and keys that it does not own, written in turns at
 * owners that are in time. No test: it is run by its name alone, and prints.
 */
class SlowOwnerCosts {
  private static final int SLOW = 2;
  private static final int CLIENTS = 8;
  private static final int WRITES_EACH = 100;
  private static final int ROUNDS = 10;
  private static final int WARM_UP_ROUNDS = 10;

  @RegisterExtension
  static final Cluster cluster = Cluster.of(4).slow(SLOW, Duration.ofMillis(200));

  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

  @Test
  void measure() {
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      micros(false);
      micros(true);
    }
    List<Double> medians = new ArrayList<>();
    List<Double> tails = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long[] usual = micros(false);
      long[] late = micros(true);
      medians.add(quantile(late, 0.5) / quantile(usual, 0.5));
      tails.add(quantile(late, 0.99) / quantile(usual, 0.99));
      System.out.printf(
          Locale.ROOT,
          "p50 %.1f ms instead of %.1f, p99 %.1f instead of %.1f%n",
          quantile(late, 0.5) / 1000,
          quantile(usual, 0.5) / 1000,
          quantile(late, 0.99) / 1000,
          quantile(usual, 0.99) / 1000);
    }
    System.out.printf(
        Locale.ROOT, "median ratio: p50 %.2f, p99 %.2f%n", median(medians), median(tails));
    clients.shutdown();
  }

  /** How long writes took, of keys that the slow one owns as well or does not own; sorted. */
  private long[] micros(boolean owned) {
    List<CompletableFuture<long[]>> all = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      int number = client;
      all.add(CompletableFuture.supplyAsync(() -> write(number, owned), clients));
    }
    return all.stream().flatMapToLong(one -> LongStream.of(one.join())).sorted().toArray();
  }

  private static long[] write(int client, boolean owned) {
    long[] micros = new long[WRITES_EACH];
    for (int i = 0; i < WRITES_EACH; i++) {
      String key =
          cluster.key(
              owned + "-" + client + "-" + i + "-",
              list -> list.owners(3).contains(SLOW) == owned && list.worker(0) != SLOW);
      KvClient entry = cluster.client(cluster.preferenceList(key).worker(0));
      long started = System.nanoTime();
      KvClient.Reply reply = entry.put(key, "x".repeat(100));
      micros[i] = (System.nanoTime() - started) / 1000;
      if (reply.status() != 200) {
        throw new IllegalStateException(reply.toString());
      }
    }
    return micros;
  }

  private static double quantile(long[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))];
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
