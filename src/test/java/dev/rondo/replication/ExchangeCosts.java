package dev.rondo.replication;

import dev.rondo.bus.Storing;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Measures what exchanges move, for {@code mechanisms/anti-entropy.md}: four workers with real
 * storage, three copies, differences planted on worker 0 alone. No test. Run in a network namespace
 * of its own ({@code unshare -n}, with {@code lo} up) it also counts what crosses the sockets.
 */
final class ExchangeCosts {

  private static final int[] DIFFERENCES = {0, 1, 10, 1_000, 100_000};
  private static final String KEY = "user-%08d";

  private final List<RealWorker> workers = new ArrayList<>();
  private final Topology topology =
      new Topology(
          new ClusterState(1, 10, new Quorums(3, 2, 2), Arrays.asList(Fixture.members(4))));
  private long order = 1;
  private long version = 1;

  private ExchangeCosts() {}

  /** The folder for the data, then how many keys. */
  public static void main(String[] arguments) throws IOException {
    StringBuilder table = new StringBuilder();
    for (int i = 1; i < arguments.length; i++) {
      Path data = Files.createTempDirectory(Path.of(arguments[0]), "costs");
      new ExchangeCosts().measure(data, Integer.parseInt(arguments[i]), table);
    }
    Files.writeString(Path.of(arguments[0], "costs.md"), table);
    System.exit(0);
  }

  private void measure(Path data, int keys, StringBuilder table) throws IOException {
    for (int id = 0; id < 4; id++) {
      workers.add(new RealWorker(id, topology, data).start());
    }
    await(() -> workers.stream().allMatch(RealWorker::isCaughtUp));
    for (int from = 0; from < keys; from += 5_000) {
      store(IntStream.range(from, Math.min(keys, from + 5_000)).toArray(), workers);
    }
    workers.forEach(this::repair);
    for (int differences : DIFFERENCES) {
      if (differences <= keys) {
        table.append(row(keys, differences)).append('\n');
      }
    }
    workers.forEach(RealWorker::close);
  }

  private String row(int keys, int differences) throws IOException {
    version = System.currentTimeMillis();
    int[] changed =
        new Random(differences)
            .ints(0, keys)
            .distinct()
            .filter(i -> topology.isOwner(0, RealWorker.put(KEY.formatted(i), 1).key()))
            .limit(Math.min(differences, keys / 2))
            .toArray();
    store(changed, workers.subList(0, 1));
    double compared = sum("rondo.repair.compared");
    double records = sum("rondo.repair.bytes");
    long sockets = sockets();
    long began = System.nanoTime();
    repair(workers.get(0));
    long millis = (System.nanoTime() - began) / 1_000_000;
    long moved = sockets() - sockets;
    double one = sum("rondo.repair.compared") - compared;
    workers.subList(1, 4).forEach(this::repair);
    return "| %d | %d | %.0f | %.0f | %.0f | %d | %d |"
        .formatted(
            keys,
            changed.length,
            one,
            sum("rondo.repair.compared") - compared,
            sum("rondo.repair.bytes") - records,
            moved,
            millis);
  }

  private void store(int[] numbers, List<RealWorker> holders) {
    for (RealWorker worker : holders) {
      List<Storing.Entry> entries = new ArrayList<>();
      for (int number : numbers) {
        Storing.Entry.Put put = RealWorker.put(KEY.formatted(number), version);
        if (topology.isOwner(worker.id, put.key())) {
          entries.add(put);
        }
      }
      worker.store(entries);
    }
  }

  private void repair(RealWorker worker) {
    long mine = ++order;
    worker.orderRepair(mine);
    await(() -> worker.events.stream().anyMatch(e -> e.text().contains("repair " + mine + ",")));
  }

  private double sum(String meter) {
    return workers.stream().mapToDouble(worker -> worker.counted(meter)).sum();
  }

  /** Bytes that the loopback device has received. */
  private static long sockets() throws IOException {
    return Files.readAllLines(Path.of("/proc/net/dev")).stream()
        .filter(line -> line.trim().startsWith("lo:"))
        .mapToLong(line -> Long.parseLong(line.trim().substring(3).trim().split("\\s+", 2)[0]))
        .sum();
  }

  private static void await(Callable<Boolean> claim) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(20))
        .until(claim);
  }
}
