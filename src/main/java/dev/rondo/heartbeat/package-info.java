/**
 * This node's view: which cluster state is in force, what this worker is fit for, and who has left.
 * {@link dev.rondo.heartbeat.HeartbeatVerticle} owns all of it and publishes every change; others
 * subscribe first, then ask. It is also the worker's side of the conversation with the controller:
 * {@link dev.rondo.heartbeat.Attending} tells, {@link dev.rondo.heartbeat.Voter} and {@link
 * dev.rondo.heartbeat.StateKeeper} do what they are told.
 */
@NullMarked
package dev.rondo.heartbeat;

import org.jspecify.annotations.NullMarked;
