package dev.rondo.replication;

import dev.rondo.bus.Bus;
import dev.rondo.config.NodeConfig;
import dev.rondo.time.NodeClock;
import io.micrometer.core.instrument.MeterRegistry;

/** What the parts of this verticle are given by the node. */
record NodeSetup(NodeConfig config, Bus bus, MeterRegistry meters, NodeClock time) {

  int id() {
    return config.id();
  }
}
