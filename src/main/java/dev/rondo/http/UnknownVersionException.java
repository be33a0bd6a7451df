package dev.rondo.http;

/** A request comes in a version of HTTP that is not spoken here. */
final class UnknownVersionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownVersionException() {
    super("unknown version of HTTP", null, false, false);
  }
}
