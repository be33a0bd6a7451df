/**
 * This node's view: which cluster state is in force, what this worker is fit for, and who has left.
 * {@link dev.rondo.heartbeat.HeartbeatVerticle} owns all of it and publishes every change; others
 * subscribe first, then ask.
 */
@NullMarked
package dev.rondo.heartbeat;

import org.jspecify.annotations.NullMarked;
