package dev.rondo.persistence;

import dev.rondo.bus.Hinting;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The oldest hints for one worker. Those past the window are passed over, the writer drops them;
 * damaged ones as well, until they are that old. Large hints make the page shorter.
 */
final class HintScan implements EngineSlot.Visit<Hinting.Hints> {

  private static final long PAGE_BYTES = 4 << 20;
  private static final Logger log = LoggerFactory.getLogger(HintScan.class);

  private final Hinting.Waiting waiting;
  private final LongPredicate isExpired;
  private final List<Hinting.Hint> hints = new ArrayList<>();
  private long bytes;

  /** A page; {@code isExpired} says of a time of arrival whether the window is over. */
  HintScan(Hinting.Waiting waiting, LongPredicate isExpired) {
    this.waiting = waiting;
    this.isExpired = isExpired;
  }

  @Override
  public Hinting.Hints in(Engine engine) throws RocksDBException {
    byte[] key = new byte[Layout.HINT_KEY_SIZE];
    try (RocksIterator stored = engine.iterate(Family.HINTS)) {
      stored.seek(Layout.hintKey(waiting.owner(), Math.max(0, waiting.after() + 1)));
      while (stored.isValid() && hints.size() < waiting.limit() && bytes < PAGE_BYTES) {
        stored.key(key);
        if (Layout.ownerOf(key) != waiting.owner()) {
          break;
        }
        read(Layout.sequenceOf(key), stored.value());
        stored.next();
      }
      stored.status();
    }
    return new Hinting.Hints(hints);
  }

  private void read(long sequence, byte[] hint) {
    try {
      if (!isExpired.test(Layout.createdAt(hint))) {
        Key key = Layout.hintedKey(hint);
        hints.add(new Hinting.Hint(sequence, key, Layout.hintedRecord(key, hint)));
        bytes += hint.length;
      }
    } catch (CorruptRecord | IllegalArgumentException | IndexOutOfBoundsException damaged) {
      log.warn(
          "Hint is damaged and not delivered: owner={} sequence={} reason={}",
          waiting.owner(),
          sequence,
          damaged.getMessage());
    }
  }
}
