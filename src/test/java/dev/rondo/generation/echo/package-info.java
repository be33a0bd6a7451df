/** A verticle that is replaced; its package is loaded anew for other code. */
@NullMarked
package dev.rondo.generation.echo;

import org.jspecify.annotations.NullMarked;
