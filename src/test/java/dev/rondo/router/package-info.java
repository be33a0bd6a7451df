/** The router against stub workers whose answers the tests control. */
@NullMarked
package dev.rondo.router;

import org.jspecify.annotations.NullMarked;
