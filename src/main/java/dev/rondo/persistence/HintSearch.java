package dev.rondo.persistence;

import dev.rondo.bus.Hinting;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The latest version of a key among the hints, whoever they wait for. They are stored in the order
 * of arrival, so that all of them have to be looked at, by no more than their keys; they may take a
 * while to read. Each visit is one slice, and says whether it was the last one.
 */
final class HintSearch implements EngineSlot.Visit<Boolean> {

  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Key key;
  private final long sliceNanos;
  private Version latest = Version.NONE;
  private byte[] from = new byte[0];

  HintSearch(Key key) {
    this(key, SLICE_NANOS);
  }

  HintSearch(Key key, long sliceNanos) {
    this.key = key;
    this.sliceNanos = sliceNanos;
  }

  /** What was found until now. */
  Hinting.Kept found() {
    return new Hinting.Kept(latest);
  }

  @Override
  public Boolean in(Engine engine) throws RocksDBException {
    Bytes sought = Layout.hintedKeyBytes(key);
    byte[] head = new byte[Long.BYTES + sought.length()];
    long began = System.nanoTime();
    try (RocksIterator hints = engine.iterate(Family.HINTS)) {
      hints.seek(from);
      while (hints.isValid()) {
        int length = hints.value(head);
        if (length >= head.length && isOf(sought, head)) {
          latest = Version.max(latest, version(hints.value()));
        }
        hints.next();
        if (hints.isValid() && System.nanoTime() - began >= sliceNanos) {
          from = hints.key();
          return false;
        }
      }
      hints.status();
    }
    return true;
  }

  private static boolean isOf(Bytes sought, byte[] head) {
    return Arrays.equals(
        head,
        Long.BYTES,
        head.length,
        sought.array(),
        sought.offset(),
        sought.offset() + sought.length());
  }

  private Version version(byte[] hint) {
    try {
      return Layout.hintedRecord(key, hint).version();
    } catch (CorruptRecord damaged) {
      // The delivery of hints reports it.
      return Version.NONE;
    }
  }
}
