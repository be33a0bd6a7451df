package dev.rondo.replication;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.List;

/** What one message asks of the storage, collected so that it is asked once. */
final class Intake {

  private final List<Storing.Entry> entries = new ArrayList<>();
  private final List<Servings.Wish> wishes = new ArrayList<>();
  private final long[] entryIds;
  private Version latest = Version.NONE;

  Intake(int requests) {
    entryIds = new long[requests];
  }

  void store(long id, Storing.Entry entry) {
    entryIds[entries.size()] = id;
    entries.add(entry);
  }

  void lookUp(long id, Holding.Item item) {
    wishes.add(new Servings.Wish(id, item));
  }

  void saw(Version version) {
    latest = Version.max(latest, version);
  }

  /** The latest version in the message; NONE without any. */
  Version latest() {
    return latest;
  }

  List<Storing.Entry> entries() {
    return entries;
  }

  /** The request that brought an entry. */
  long entryId(int index) {
    return entryIds[index];
  }

  List<Servings.Wish> wishes() {
    return wishes;
  }
}
