package dev.rondo.bus;

/**
 * What one generation of a verticle gives the next one.
 *
 * <p>Its class and everything it refers to belong to {@code bus}, {@code core}, {@code config}, the
 * JDK or a library, never to the verticle's own package: that one is loaded anew for code from
 * another jar, so that a class of the same name there is another class. A shape that changes is
 * therefore a change of the bus protocol.
 */
public interface Handover {

  /** For the first generation of a process, and of a verticle that has nothing to give. */
  Handover NOTHING = new Handover() {};
}
