package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.core.version.Version;

/** The latest version that this worker has seen in traffic with its peers. */
final class LastSeen {

  private final Bus bus;
  private Version latest = Version.NONE;

  LastSeen(Bus bus) {
    this.bus = bus;
  }

  Version latest() {
    return latest;
  }

  /** Goes on with what another generation has seen. */
  void resume(Version seen) {
    latest = Version.max(latest, seen);
  }

  /** Tells the clock that stamps when this is later than everything before. */
  void saw(Version version) {
    if (version.isAfter(latest)) {
      latest = version;
      bus.publish(Addresses.OBSERVED, version);
    }
  }

  /** Notes a version that the clock itself has stamped. */
  void stamped(Version version) {
    latest = Version.max(latest, version);
  }

  /** Tells the clock again, for a router that was not listening yet. */
  void repeat() {
    if (latest.exists()) {
      bus.publish(Addresses.OBSERVED, latest);
    }
  }
}
