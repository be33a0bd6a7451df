package dev.rondo.core.record;

import dev.rondo.core.version.Version;

/**
 * What there is to say of a record without its value.
 *
 * @param contentType the media type that came with the value; empty for none
 * @param size bytes of the value
 */
public record RecordHead(Version version, boolean tombstone, String contentType, long size) {}
