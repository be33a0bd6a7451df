package dev.rondo.replication;

import dev.rondo.core.record.Key;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * How many records travel together: few large ones or many small ones, so that a portion fits
 * comfortably into memory.
 */
final class Portion {

  private static final int KEYS_MAX = 256;
  private static final long BYTES = 2 << 20;

  private final RepairTools tools;

  /** What one of them takes is known only behind it: several of the largest are too many. */
  private int size = 1;

  Portion(RepairTools tools) {
    this.tools = tools;
  }

  /** Moves all of them, at the pace of repairs; {@code move} returns how many bytes it moved. */
  Future<Void> each(List<Key> keys, Function<List<Key>, Future<Long>> move) {
    return Steps.each(
        new Portions(keys),
        next ->
            move.apply(next)
                .onFailure(failure -> size = Math.max(1, size / 2))
                .compose(
                    bytes -> {
                      adapt(bytes);
                      return tools.spend(bytes);
                    }));
  }

  private void adapt(long bytes) {
    if (bytes > BYTES) {
      size = Math.max(1, size / 2);
    } else if (bytes < BYTES / 4) {
      size = Math.min(KEYS_MAX, size * 2);
    }
  }

  /** Each is cut off when it is its turn. */
  private final class Portions implements Iterator<List<Key>> {
    private final List<Key> keys;
    private int from;

    Portions(List<Key> keys) {
      this.keys = keys;
    }

    @Override
    public boolean hasNext() {
      return from < keys.size();
    }

    @Override
    public List<Key> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      List<Key> next = keys.subList(from, Math.min(keys.size(), from + size));
      from += next.size();
      return next;
    }
  }
}
