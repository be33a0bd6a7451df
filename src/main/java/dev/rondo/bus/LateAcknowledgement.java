package dev.rondo.bus;

import dev.rondo.core.version.Version;

/**
 * An acknowledgement that came after the client had its answer, of a write that the client follows.
 *
 * @param version what was written, by which the client knows its write again
 */
public record LateAcknowledgement(Version version, Writing.Acknowledgement acknowledgement) {}
