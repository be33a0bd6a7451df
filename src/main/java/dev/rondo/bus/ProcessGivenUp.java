package dev.rondo.bus;

/** A supervised worker kept dying, and is not started any more unless somebody asks for it. */
public record ProcessGivenUp(int worker) {}
