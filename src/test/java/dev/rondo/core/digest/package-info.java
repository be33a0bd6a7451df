@NullMarked
package dev.rondo.core.digest;

import org.jspecify.annotations.NullMarked;
