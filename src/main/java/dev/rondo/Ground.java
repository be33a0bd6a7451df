package dev.rondo;

import dev.rondo.bus.Bus;
import dev.rondo.config.NodeConfig;
import dev.rondo.membership.HazelcastMembership;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;

/** What the parts of a node stand on. */
record Ground(
    NodeConfig config,
    Vertx vertx,
    Bus bus,
    PrometheusMeterRegistry meters,
    HazelcastMembership membership) {}
