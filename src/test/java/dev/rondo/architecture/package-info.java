/** The rules about the source itself: who may import whom, and how large things may grow. */
@NullMarked
package dev.rondo.architecture;

import org.jspecify.annotations.NullMarked;
