/** The accounting of hints. */
@NullMarked
package dev.rondo.core.hint;

import org.jspecify.annotations.NullMarked;
