package dev.rondo.persistence;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Storing;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Measures what keeping the Merkle trees costs the writer, for {@code mechanisms/anti-entropy.md}:
 * two stores in one process, one with trees and one without, written to in turns. No test.
 */
final class TreeCosts {

  private static final int ROUNDS = 40;
  private static final int BATCHES = 60;
  private static final int BATCH = 64;
  private static final int KEYS = 1_000_000;

  private final Random random = new Random(7);
  private long version;

  private TreeCosts() {}

  /** The folder for the data. */
  public static void main(String[] arguments) throws IOException {
    Path data = Files.createTempDirectory(Path.of(arguments[0]), "trees");
    Files.writeString(Path.of(arguments[0], "trees.md"), new TreeCosts().measure(data));
    System.exit(0);
  }

  private String measure(Path data) {
    TestNode with = TestNode.in(data.resolve("with"));
    long[] known = writers();
    TestNode without = TestNode.in(data.resolve("without"));
    with.bus.publish(Addresses.TOPOLOGY_CHANGED, topology());
    long withWriter = known[0];
    long withoutWriter =
        LongStream.of(writers()).filter(id -> id != withWriter).findFirst().orElseThrow();
    List<Double> ratios = new ArrayList<>();
    long totalWith = 0;
    long totalWithout = 0;
    for (int round = -10; round < ROUNDS; round++) {
      long mine = cpu(withWriter, with);
      long other = cpu(withoutWriter, without);
      if (round >= 0) {
        totalWith += mine;
        totalWithout += other;
        ratios.add((double) mine / other);
      }
    }
    ratios.sort(null);
    long puts = (long) ROUNDS * BATCHES * BATCH;
    String line =
        "with %d ns, without %d ns of the writer's CPU a put; median ratio %.4f, trees %.0f bytes%n"
            .formatted(
                totalWith / puts,
                totalWithout / puts,
                ratios.get(ratios.size() / 2),
                with.meters.get("rondo.trees.size").gauge().value());
    with.close();
    without.close();
    return line;
  }

  private long cpu(long writer, TestNode node) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getThreadCpuTime(writer);
    List<Future<Storing.Stored>> stored = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      version++;
      List<Storing.Entry> entries =
          IntStream.range(0, BATCH)
              .mapToObj(
                  entry ->
                      (Storing.Entry)
                          Sample.put(
                              "user-" + random.nextInt(KEYS), version, "a value ".repeat(12)))
              .toList();
      stored.add(node.ask(Addresses.STORE, new Storing.Store(entries)));
    }
    TestNode.await(Future.all(stored));
    return threads.getThreadCpuTime(writer) - before;
  }

  private static long[] writers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("rondo-storage-write"))
        .mapToLong(Thread::getId)
        .toArray();
  }

  private static Topology topology() {
    return new Topology(
        new ClusterState(
            1,
            10,
            new Quorums(3, 2, 2),
            IntStream.range(0, 4).mapToObj(id -> new Member(id, "127.0.0.1", 1, 1)).toList()));
  }
}
