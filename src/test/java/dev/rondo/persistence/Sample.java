package dev.rondo.persistence;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;

/** Keys and records to store. */
final class Sample {

  private Sample() {}

  static Version version(long millis) {
    return Version.of(millis, 0, 1);
  }

  static StoredRecord record(String key, long millis, String value) {
    return StoredRecord.live(Key.of(key), version(millis), "text/plain", Bytes.utf8(value));
  }

  static StoredRecord tombstone(String key, long millis) {
    return StoredRecord.tombstone(Key.of(key), version(millis));
  }

  static Storing.Entry.Put put(String key, long millis, String value) {
    return new Storing.Entry.Put(Key.of(key), record(key, millis, value));
  }

  static Storing.Entry.Put delete(String key, long millis) {
    return new Storing.Entry.Put(Key.of(key), tombstone(key, millis));
  }

  static Storing.Entry.Hint hint(int owner, String key, long millis, String value) {
    return new Storing.Entry.Hint(owner, Key.of(key), record(key, millis, value));
  }

  static Storing.Entry.Note note(String name, String value) {
    return new Storing.Entry.Note(name, Bytes.utf8(value));
  }

  static Holding.Answer whole(String key, long millis, String value) {
    return new Holding.Answer.Whole(record(key, millis, value));
  }
}
