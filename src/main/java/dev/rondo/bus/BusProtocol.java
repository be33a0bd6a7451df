package dev.rondo.bus;

/**
 * The version of what verticles from different jars must agree on: every message, endpoint and
 * {@link Handover}, and the constructors of the verticles.
 *
 * <p>Whoever changes any of that in a way that the code before would not understand raises it, here
 * and as {@code bus.protocol} of the build, which writes it into the jar.
 */
public final class BusProtocol {

  /** The version that this code speaks. */
  public static final int VERSION = 5;

  /** Where a jar says which version its code speaks. */
  public static final String ATTRIBUTE = "Rondo-Bus-Protocol";

  private BusProtocol() {}
}
