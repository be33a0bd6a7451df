/**
 * What is stored: a {@link dev.rondo.core.record.Key}, and the {@link
 * dev.rondo.core.record.StoredRecord} that a worker holds for it. A record is encoded once, by the
 * worker that stamps it; the same bytes then travel to the peers and into the engine.
 */
@NullMarked
package dev.rondo.core.record;

import org.jspecify.annotations.NullMarked;
