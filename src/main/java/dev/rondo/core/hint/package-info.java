/**
 * Accounting of hints, the copies kept for workers that are away: how many, how large, how old they
 * may be. Where they are kept is not known here.
 */
@NullMarked
package dev.rondo.core.hint;

import org.jspecify.annotations.NullMarked;
