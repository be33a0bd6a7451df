package dev.rondo.persistence;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Edits the stores of four workers that are not running, for measurements of whole clusters. No
 * test. {@code fill ROOT KEYS} gives each worker what it owns; {@code plant ROOT WORKER N} takes
 * half of N records away from one worker and makes the others older, and names their keys in {@code
 * ROOT/planted}; {@code scan ROOT WORKER} says how many records a second a bare walk reads.
 */
final class StoreEdit {

  private static final int WORKERS = 4;
  private static final int BATCH = 1_000;
  private static final String KEY = "user-%08d";

  /** Long ago, so that nothing looks like a write under way. */
  private static final long MILLIS = 1_700_000_000_000L;

  private final Path root;
  private final Topology topology =
      new Topology(
          new ClusterState(
              1,
              10,
              new Quorums(3, 2, 2),
              IntStream.range(0, WORKERS)
                  .mapToObj(id -> new Member(id, "127.0.0.1", 1, 1))
                  .toList()));

  private StoreEdit(Path root) {
    this.root = root;
  }

  public static void main(String[] arguments) throws Exception {
    StoreEdit edit = new StoreEdit(Path.of(arguments[1]));
    NativeLibrary.load(Path.of(arguments[1]).resolve("native"));
    int number = Integer.parseInt(arguments[2]);
    switch (arguments[0]) {
      case "fill" -> {
        for (int worker = 0; worker < WORKERS; worker++) {
          edit.fill(worker, number);
        }
      }
      case "plant" -> edit.plant(number, Integer.parseInt(arguments[3]));
      case "scan" -> edit.scan(number);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private Engine open(int worker) throws RocksDBException {
    return Engine.open(
        root.resolve("worker-" + worker).resolve("store"),
        TestConfig.in(root).storage(),
        Engine.Mode.READ_WRITE);
  }

  private void fill(int worker, int keys) throws RocksDBException {
    try (Engine engine = open(worker);
        WriteBatch batch = new WriteBatch()) {
      long live = KeyCount.restore(engine).live();
      for (int i = 0; i < keys; i++) {
        Key key = Key.of(KEY.formatted(i));
        if (topology.isOwner(worker, key)) {
          put(engine, batch, key, record(key, MILLIS));
          live++;
        }
        if (batch.count() > BATCH) {
          write(engine, batch);
        }
      }
      count(engine, batch, new KeyCount(live, 0));
      write(engine, batch);
      engine.flush();
    }
  }

  private void plant(int worker, int differences) throws RocksDBException, IOException {
    Set<String> planted = new LinkedHashSet<>();
    try (Engine engine = open(worker);
        WriteBatch batch = new WriteBatch()) {
      KeyCount count = KeyCount.restore(engine);
      Random random = new Random();
      byte[] last = new byte[0];
      try (RocksIterator records = engine.iterate(Family.INDEX)) {
        while (planted.size() < differences) {
          records.seek(Layout.indexStart(Integer.toUnsignedLong(random.nextInt())));
          if (!records.isValid() || planted.contains(Layout.keyOf(records.key()).toString())) {
            continue;
          }
          last = records.key();
          Key key = Layout.keyOf(last);
          if (planted.size() % 2 == 0) {
            batch.delete(engine.family(Family.INDEX), last);
            batch.delete(engine.family(Family.RECORDS), key.bytes().toArray());
            count = count.plus(-1, 0);
          } else {
            put(engine, batch, key, record(key, MILLIS - 1));
          }
          planted.add(key.toString());
        }
      }
      count(engine, batch, count);
      write(engine, batch);
      engine.flush();
    }
    Files.write(root.resolve("planted"), planted);
  }

  private void scan(int worker) throws RocksDBException {
    try (Engine engine = open(worker)) {
      for (int turn = 0; turn < 5; turn++) {
        long records = 0;
        long bytes = 0;
        long began = System.nanoTime();
        try (RocksIterator walk = engine.iterate(Family.RECORDS)) {
          for (walk.seekToFirst(); walk.isValid(); walk.next()) {
            bytes += walk.key().length + walk.value().length;
            records++;
          }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.err.printf(
            "%d records, %d bytes, %.0f records/s%n", records, bytes, records / seconds);
      }
    }
  }

  private static StoredRecord record(Key key, long millis) {
    Bytes value = Bytes.utf8(("value of " + key + " ").repeat(5).substring(0, 100));
    return StoredRecord.live(key, Version.of(millis, 0, 3), "text/plain", value);
  }

  private static void put(Engine engine, WriteBatch batch, Key key, StoredRecord record)
      throws RocksDBException {
    byte[] entry = new byte[IndexEntry.SIZE];
    IndexEntry.of(record).write(entry);
    batch.put(engine.family(Family.INDEX), Layout.indexKey(key), entry);
    batch.put(engine.family(Family.RECORDS), key.bytes().toArray(), record.encoded().toArray());
  }

  private static void count(Engine engine, WriteBatch batch, KeyCount count)
      throws RocksDBException {
    batch.put(engine.family(Family.META), Layout.KEY_COUNT, count.encoded());
  }

  private static void write(Engine engine, WriteBatch batch) throws RocksDBException {
    engine.writeUnlogged(batch);
    batch.clear();
  }
}
