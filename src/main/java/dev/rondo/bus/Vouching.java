package dev.rondo.bus;

/**
 * Somebody who is no peer has said what time it is, which helps a worker that hears no peer.
 *
 * @param wallAheadMillis how far that wall clock is ahead of this machine's, as little as what was
 *     measured allows
 */
public record Vouching(long wallAheadMillis) {}
