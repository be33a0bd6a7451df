/**
 * Which of two writes is the later one: {@link dev.rondo.core.version.Version}s from a {@link
 * dev.rondo.core.version.HybridClock}, the time by which it runs, and {@link
 * dev.rondo.core.version.TimeAccord}, which says whether that may be trusted to make them.
 */
@NullMarked
package dev.rondo.core.version;

import org.jspecify.annotations.NullMarked;
