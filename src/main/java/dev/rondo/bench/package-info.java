/**
 * {@code rondo bench}: load for workers, and what came of it. Start at {@link
 * dev.rondo.bench.BenchCommand}; it reads the options and runs a {@link dev.rondo.bench.LoadRun}
 * (one side, or two in alternation) or a {@link dev.rondo.bench.WordsRun}.
 *
 * <p>A {@link dev.rondo.bench.Side} is a set of targets with one {@link dev.rondo.bench.Lane} an
 * event loop. A {@link dev.rondo.bench.Stretch} of load runs on every lane at once, driven by a
 * {@link dev.rondo.bench.ClosedLoop} (clients that wait for their answers) or an {@link
 * dev.rondo.bench.OpenLoop} (arrivals by the clock), and ends as a {@link dev.rondo.bench.Score}.
 * Nothing here knows how a worker works inside.
 */
@NullMarked
package dev.rondo.bench;

import org.jspecify.annotations.NullMarked;
