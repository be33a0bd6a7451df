/**
 * How two workers find out what differs between them: the ring cut into ranges, and a sum over the
 * keys and versions in each. Start with {@link dev.rondo.core.digest.RangeSums}.
 */
@NullMarked
package dev.rondo.core.digest;

import org.jspecify.annotations.NullMarked;
