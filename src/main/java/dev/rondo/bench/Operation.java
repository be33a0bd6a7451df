package dev.rondo.bench;

/** One request to send: what it does, and the path and query of its key. */
record Operation(Kind kind, String uri) {}
