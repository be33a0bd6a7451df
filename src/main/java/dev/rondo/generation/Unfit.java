package dev.rondo.generation;

/** Code that cannot take the place of what runs; the message is a sentence for a person. */
final class Unfit extends Exception {

  private static final long serialVersionUID = 1L;

  Unfit(String message) {
    super(message);
  }
}
