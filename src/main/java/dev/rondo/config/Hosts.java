package dev.rondo.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;

/** Which machine a name or an address stands for. */
final class Hosts {

  private Hosts() {}

  /** Whether both are the same place; names that nobody knows are when they are written alike. */
  static boolean same(String one, String other) {
    if (one.equalsIgnoreCase(other)) {
      return true;
    }
    try {
      return InetAddress.getByName(one).equals(InetAddress.getByName(other));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether it is this machine; asks the system, and a name server if it is no address. */
  static boolean isHere(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }
}
