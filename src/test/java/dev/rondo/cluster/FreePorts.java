package dev.rondo.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ports that nobody listens on. They lie below those that the system hands out by itself: a worker
 * comes back to its port, and no connection may have taken that in the meantime.
 */
final class FreePorts {

  private static final int FIRST = 12_000;
  private static final int END = 32_000;
  private static final Set<Integer> taken = new HashSet<>();

  private FreePorts() {}

  static synchronized int next() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (isFree(port) && taken.add(port)) {
        return port;
      }
    }
  }

  static List<Integer> next(int count) {
    return Stream.generate(FreePorts::next).limit(count).toList();
  }

  /** The first of so many neighbours. */
  static synchronized int row(int count) {
    while (true) {
      int first = ThreadLocalRandom.current().nextInt(FIRST, END - count);
      List<Integer> row = IntStream.range(first, first + count).boxed().toList();
      if (row.stream().allMatch(port -> isFree(port) && !taken.contains(port))) {
        taken.addAll(row);
        return first;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException inUse) {
      return false;
    }
  }
}
