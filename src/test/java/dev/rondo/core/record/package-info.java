@NullMarked
package dev.rondo.core.record;

import org.jspecify.annotations.NullMarked;
