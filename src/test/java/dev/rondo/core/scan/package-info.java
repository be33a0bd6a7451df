@NullMarked
package dev.rondo.core.scan;

import org.jspecify.annotations.NullMarked;
