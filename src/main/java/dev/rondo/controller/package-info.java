/**
 * The controller: {@link dev.rondo.controller.SupervisorVerticle} starts the workers of this
 * machine, adopts those that run already and starts them again when they die; {@link
 * dev.rondo.controller.ControllerVerticle} is the controller's HTTP side.
 */
@NullMarked
package dev.rondo.controller;

import org.jspecify.annotations.NullMarked;
