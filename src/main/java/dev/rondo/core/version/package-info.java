/**
 * Which of two writes is the later one: {@link dev.rondo.core.version.Version}s from a {@link
 * dev.rondo.core.version.HybridClock}, and {@link dev.rondo.core.version.ClockSoundness}, which
 * says whether this worker's wall clock may be trusted to make them.
 */
@NullMarked
package dev.rondo.core.version;

import org.jspecify.annotations.NullMarked;
