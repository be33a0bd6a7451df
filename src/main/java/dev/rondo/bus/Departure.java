package dev.rondo.bus;

/** The process of this worker is gone. */
public record Departure(int worker) {}
