/**
 * The REST interface against a real HTTP server, with stubs in place of all other verticles, and
 * with raw sockets where a client library would be too polite.
 */
@NullMarked
package dev.rondo.api;

import org.jspecify.annotations.NullMarked;
