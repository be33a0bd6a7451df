package dev.rondo.bus;

/**
 * A question that one verticle answers: where to send it; {@code Q} in, {@code A} back.
 *
 * <p>The parameters exist for the compiler alone: {@link Bus#ask} and {@link Bus#serve} agree on
 * the types because they name the same endpoint.
 */
@SuppressWarnings("UnusedTypeParameter")
public record Endpoint<Q, A>(String address) {}
