package dev.rondo.bus;

import dev.rondo.core.record.Bytes;

/**
 * The clients' requests for keys at one HTTP instance since the sample before.
 *
 * @param failures those with a status of 500 or more
 * @param latency of all of them, an encoded HdrHistogram of microseconds
 */
public record Traffic(long reads, long writes, long failures, Bytes latency) {}
