@NullMarked
package dev.rondo.core.merkle;

import org.jspecify.annotations.NullMarked;
