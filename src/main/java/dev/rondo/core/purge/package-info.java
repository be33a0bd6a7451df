/**
 * When a tombstone has done its work: {@link dev.rondo.core.purge.PurgeLedger} keeps the evidence
 * that no older value of a key is left anywhere. Nothing here asks, waits or reads a clock.
 */
@NullMarked
package dev.rondo.core.purge;

import org.jspecify.annotations.NullMarked;
