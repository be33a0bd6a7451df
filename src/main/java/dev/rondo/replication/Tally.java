package dev.rondo.replication;

import dev.rondo.core.digest.Differences;

/** What a round of comparisons has found and repaired; the meters count along. */
final class Tally {

  private final RepairMeters meters;
  private long differences;
  private long fetched;
  private long sent;
  private long bytes;
  private long left;

  Tally(RepairMeters meters) {
    this.meters = meters;
  }

  /** Notes what is to be repaired, and hands it on. */
  Differences differing(Differences found) {
    int count = found.fetch().size() + found.push().size();
    differences += count;
    meters.differing(count);
    return found;
  }

  /** So many keys were fetched. */
  void fetched(int keys, long size) {
    fetched += keys;
    bytes += size;
    meters.fetched(keys, size);
  }

  /** So many keys were sent, and the peer holds them. */
  void sent(int keys, long size) {
    sent += keys;
    bytes += size;
    meters.sent(keys, size);
  }

  /** So many keys were not repaired, as their versions are too far ahead. */
  void left(int keys) {
    left += keys;
  }

  /** How many keys were repaired, at either side. */
  long repaired() {
    return fetched + sent;
  }

  @Override
  public String toString() {
    String all =
        "%d differences found, %d keys fetched and %d sent, %d bytes"
            .formatted(differences, fetched, sent, bytes);
    return left == 0 ? all : all + ", %d left with versions too far ahead".formatted(left);
  }
}
