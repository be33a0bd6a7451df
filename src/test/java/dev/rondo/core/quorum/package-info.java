@NullMarked
package dev.rondo.core.quorum;

import org.jspecify.annotations.NullMarked;
