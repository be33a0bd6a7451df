package dev.rondo.persistence;

import dev.rondo.bus.Hinting;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.Arrays;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The latest version of a key among the hints, whoever they wait for. They are stored in the order
 * of arrival, so that all of them have to be looked at, by no more than their keys.
 */
final class HintSearch implements EngineSlot.Visit<Hinting.Kept> {

  private final Key key;

  HintSearch(Key key) {
    this.key = key;
  }

  @Override
  public Hinting.Kept in(Engine engine) throws RocksDBException {
    Version latest = Version.NONE;
    Bytes sought = Layout.hintedKeyBytes(key);
    byte[] head = new byte[Long.BYTES + sought.length()];
    try (RocksIterator hints = engine.iterate(Family.HINTS)) {
      for (hints.seekToFirst(); hints.isValid(); hints.next()) {
        int length = hints.value(head);
        if (length >= head.length && isOf(sought, head)) {
          latest = Version.max(latest, version(hints.value()));
        }
      }
      hints.status();
    }
    return new Hinting.Kept(latest);
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
