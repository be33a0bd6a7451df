@NullMarked
package dev.rondo.core.version;

import org.jspecify.annotations.NullMarked;
