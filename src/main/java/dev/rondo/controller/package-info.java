/**
 * The controller. {@link dev.rondo.controller.RegistryVerticle} takes the workers' calls, knows who
 * is there ({@link dev.rondo.controller.Workers}) and has them agree on the configuration ({@link
 * dev.rondo.controller.Changes}, {@link dev.rondo.controller.Deciding}); {@link
 * dev.rondo.controller.SupervisorVerticle} starts the workers of this machine, adopts those that
 * run already and starts them again when they die. The controller's HTTP side is in {@code web},
 * the way to the workers' keys in {@code gateway}, the event log in {@code journal}.
 */
@NullMarked
package dev.rondo.controller;

import org.jspecify.annotations.NullMarked;
