package dev.rondo.persistence;

import dev.rondo.bus.Digesting;
import dev.rondo.core.digest.RangeSums;
import dev.rondo.core.digest.RingRanges;
import java.util.List;
import java.util.stream.IntStream;
import org.rocksdb.RocksDBException;

/** The digests of some ranges. Each visit is one slice, and says whether it was the last one. */
final class DigestScan implements EngineSlot.Visit<Boolean> {

  /** Keys of a slice; it takes a few hundredths of a second. */
  static final int SLICE_KEYS = 50_000;

  private final IndexWalk walk;
  private final RangeSums sums;

  DigestScan(Digesting.Ranges question) {
    RingRanges cut = new RingRanges(question.bits());
    cut.check(question.from(), question.count());
    List<Integer> ranges =
        IntStream.range(question.from(), question.from() + question.count()).boxed().toList();
    Arcs shared = Arcs.shared(question.topology(), question.one(), question.other());
    walk = new IndexWalk(shared.and(Arcs.of(cut, ranges)), new byte[0]);
    sums = new RangeSums(cut, question.from(), question.count());
  }

  @Override
  public Boolean in(Engine engine) throws RocksDBException {
    return walk.walk(engine, SLICE_KEYS, this::add) == null;
  }

  private void add(byte[] indexKey, IndexEntry entry) {
    int length = indexKey.length - Integer.BYTES;
    int position = (int) Layout.positionOf(indexKey);
    sums.add(position, indexKey, Integer.BYTES, length, entry.version());
  }

  Digesting.Digests digests() {
    return new Digesting.Digests(sums.sums(), sums.keys());
  }
}
