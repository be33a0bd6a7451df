package dev.rondo.persistence;

import dev.rondo.bus.Lateness;
import dev.rondo.bus.Ripening;
import dev.rondo.core.purge.PurgeLedger;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which tombstones are of no use any more. The writer notes those that come late, by repair or as a
 * hint: what the worker knows of others' copies may be older than their arrival. It notes them
 * before they can be read, so that whoever reads one and looks here afterwards, knows.
 */
final class Tombstones implements Ripeness {

  /** A tombstone that is older when it comes is late; writes are quicker. */
  private static final long LATE_MILLIS = PurgeLedger.FRESH_MILLIS / 2;

  private static final int SHIFT = 24;

  private final LongSupplier clockMillis;
  private final AtomicLongArray late = new AtomicLongArray(Lateness.PARTS);
  private volatile List<Ripening.Part> parts = List.of();

  /** Knows of nothing that came before. */
  Tombstones(LongSupplier clockMillis) {
    this.clockMillis = clockMillis;
    for (int i = 0; i < Lateness.PARTS; i++) {
      late.set(i, now());
    }
  }

  /** A tombstone is about to be stored; for the writer. */
  void comes(Key key, Version version) {
    if (version.millis() < clockMillis.getAsLong() - LATE_MILLIS) {
      late.set(key.position() >>> SHIFT, now());
    }
  }

  /** When they last came late. */
  Lateness lateness() {
    return new Lateness(IntStream.range(0, Lateness.PARTS).mapToObj(late::get).toList());
  }

  /** Only these are ripe from now on. */
  void ripened(List<Ripening.Part> ripe) {
    parts = ripe;
  }

  /** Whether any may go. */
  boolean anyToPurge() {
    return parts.stream().anyMatch(part -> part.purgeMillis() > 0);
  }

  @Override
  public boolean isRipe(byte[] indexKey, IndexEntry entry) {
    Ripening.Part part = part(indexKey, entry);
    return part != null && entry.version().millis() <= part.ripeMillis();
  }

  /** Whether this entry of the index may go. */
  boolean mayGo(byte[] indexKey, IndexEntry entry) {
    Ripening.Part part = part(indexKey, entry);
    return part != null && entry.version().millis() <= part.purgeMillis();
  }

  /** What is known of the part of the ring in which a tombstone lies that did not come late. */
  private Ripening.@Nullable Part part(byte[] indexKey, IndexEntry entry) {
    if (!entry.tombstone()) {
      return null;
    }
    long position = Layout.positionOf(indexKey);
    for (Ripening.Part part : parts) {
      if (lies(position, part)) {
        return late.get((int) (position >>> SHIFT)) < part.sinceMillis() ? part : null;
      }
    }
    return null;
  }

  private static boolean lies(long position, Ripening.Part part) {
    return part.from() < part.to()
        ? position > part.from() && position <= part.to()
        : position > part.from() || position <= part.to();
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) + 1;
  }
}
