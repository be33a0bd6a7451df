/**
 * Conversions between protobuf and the node's own types that more than one verticle needs. What
 * only one of them says stays with it.
 */
@NullMarked
package dev.rondo.wire;

import org.jspecify.annotations.NullMarked;
