package dev.rondo.bus;

/**
 * The process of a supervised worker has ended. Its supervisor is told by the operating system, and
 * so before anybody else, however busy the machine is.
 */
public record ProcessExit(int worker, long pid) {}
