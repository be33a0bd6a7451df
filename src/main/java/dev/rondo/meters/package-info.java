/** How verticles show figures of their own that outlive no generation. */
@NullMarked
package dev.rondo.meters;

import org.jspecify.annotations.NullMarked;
