/**
 * Requests for keys that come to the controller: {@link dev.rondo.controller.gateway.Gateway}
 * passes each to a live worker and its answer back, unchanged. Nothing of them is looked at or
 * kept.
 */
@NullMarked
package dev.rondo.controller.gateway;

import org.jspecify.annotations.NullMarked;
