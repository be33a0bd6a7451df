/** The storage, on a real engine and a real bus. */
@NullMarked
package dev.rondo.persistence;

import org.jspecify.annotations.NullMarked;
