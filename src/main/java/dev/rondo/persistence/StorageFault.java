package dev.rondo.persistence;

/** The storage could not answer; the message says why, for a log. */
final class StorageFault extends Exception {

  private static final long serialVersionUID = 1L;

  StorageFault(String what) {
    super(what, null, false, false);
  }

  StorageFault(String what, Throwable cause) {
    super(what, cause);
  }
}
