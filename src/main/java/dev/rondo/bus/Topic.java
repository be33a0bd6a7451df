package dev.rondo.bus;

/** News of type {@code T} that any number of verticles may follow. */
@SuppressWarnings("UnusedTypeParameter")
public record Topic<T>(String address) {}
