/**
 * Putting together what several workers hold: {@link dev.rondo.core.scan.PageMerge} makes one page
 * in key order out of a page of each.
 */
@NullMarked
package dev.rondo.core.scan;

import org.jspecify.annotations.NullMarked;
