package dev.rondo.persistence;

import java.nio.charset.StandardCharsets;

/** The column families of a store; {@link Layout} says what is in them. */
enum Family {
  /** The engine insists on this one; it stays empty. */
  DEFAULT("default"),
  /** Key to record, in key order. */
  RECORDS("records"),
  /** Place on the ring and key to version, in ring order. */
  INDEX("index"),
  /** Owner and sequence to hint, in the order of arrival. */
  HINTS("hints"),
  /** Name to a small value. */
  META("meta");

  private final String title;

  Family(String title) {
    this.title = title;
  }

  /** What the database calls it. */
  String title() {
    return title;
  }

  byte[] nameBytes() {
    return title.getBytes(StandardCharsets.UTF_8);
  }
}
