package dev.rondo;

import com.hazelcast.core.HazelcastInstance;
import dev.rondo.bus.Bus;
import dev.rondo.config.NodeConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;

/** What the parts of a node stand on. */
record Ground(
    NodeConfig config,
    Vertx vertx,
    Bus bus,
    PrometheusMeterRegistry meters,
    HazelcastInstance hazelcast) {}
