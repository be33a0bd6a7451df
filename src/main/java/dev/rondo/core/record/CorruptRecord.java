package dev.rondo.core.record;

/** Bytes that are no intact record of the key under which they were found. */
public final class CorruptRecord extends Exception {

  private static final long serialVersionUID = 1L;

  CorruptRecord(String what) {
    super(what, null, false, false);
  }
}
