/** The time of a node, which all its verticles share and which outlives each of them. */
@NullMarked
package dev.rondo.time;

import org.jspecify.annotations.NullMarked;
