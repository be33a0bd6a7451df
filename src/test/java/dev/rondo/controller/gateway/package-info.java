/** The way to the workers, with small HTTP servers in their place. */
@NullMarked
package dev.rondo.controller.gateway;

import org.jspecify.annotations.NullMarked;
