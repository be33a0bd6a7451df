package dev.rondo.bus;

/** This worker has all copies that it owns by the cluster state of {@code epoch}. */
public record Filled(long epoch) {}
