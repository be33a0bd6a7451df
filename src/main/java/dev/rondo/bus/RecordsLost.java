package dev.rondo.bus;

/** Some of what a storage held is gone, and the storage itself cannot tell what it was. */
public enum RecordsLost {
  UNKNOWN
}
