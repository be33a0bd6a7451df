/** Verticles of a real Vert.x that follow each other, from this class path and from other jars. */
@NullMarked
package dev.rondo.generation;

import org.jspecify.annotations.NullMarked;
