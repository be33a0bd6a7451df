package dev.rondo;

import io.vertx.core.Deployable;
import java.util.function.Supplier;

/**
 * One verticle of a node.
 *
 * @param name in the log, when it does not start or stop
 * @param instances how many of it, each on an event loop
 */
record Part(String name, int instances, Supplier<? extends Deployable> verticle) {}
