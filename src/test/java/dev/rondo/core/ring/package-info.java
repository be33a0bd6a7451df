@NullMarked
package dev.rondo.core.ring;

import org.jspecify.annotations.NullMarked;
