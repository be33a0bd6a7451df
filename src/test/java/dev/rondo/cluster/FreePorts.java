package dev.rondo.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

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

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException inUse) {
      return false;
    }
  }
}
