package dev.rondo.generation;

import dev.rondo.bus.Handover;

/** How many questions were answered, which each generation tells the next one. */
public record Count(long answers) implements Handover {}
