package dev.rondo.persistence;

import dev.rondo.bus.WorkProgress;
import dev.rondo.bus.WorkProgress.Kind;
import dev.rondo.config.ScrubConfig;
import dev.rondo.core.record.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads everything that is stored once in a while, slowly, and verifies it: the files block by
 * block, each record, and that records and index agree. Between two runs it looks at the files in
 * which somebody else has met damage.
 *
 * <p>A record that is damaged alone is noted, to be fetched from another owner. A file that is
 * damaged is named to the writer, who salvages the rest of the store.
 */
final class Scrub implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Scrub.class);

  /** Not at the start itself, when everybody has much to do. */
  private static final long FIRST_MILLIS = 20_000;

  /** After damage was found: the store is salvaged meanwhile. */
  private static final long AGAIN_MILLIS = 5_000;

  private static final long AGAIN_MILLIS_MAX = 600_000;
  private static final long LOOK_MILLIS = 60_000;

  /** What a record costs at least, in bytes; what of a file and of the index is cheaper. */
  private static final long RECORD_BYTES = 1024;

  private static final int TABLES_CHEAPER = 4;
  private static final long ENTRY_BYTES = 100;

  private final EngineSlot slot;
  private final SuspectTables suspects;
  private final DamagedKeys damaged;
  private final ScrubConfig config;
  private final ScrubMeters meters;
  private final Report report;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private long nextMillis;
  private long againMillis = AGAIN_MILLIS;
  private long done;

  Scrub(
      EngineSlot slot,
      SuspectTables suspects,
      DamagedKeys damaged,
      ScrubConfig config,
      ScrubMeters meters,
      Report report) {
    this.slot = slot;
    this.suspects = suspects;
    this.damaged = damaged;
    this.config = config;
    this.meters = meters;
    this.report = report;
  }

  /**
   * Who is told.
   *
   * @param table a file is damaged, in these words
   * @param work how far a run is
   */
  record Report(int worker, Consumer<String> table, Consumer<WorkProgress> work) {}

  @Override
  public void run() {
    nextMillis = millis() + Math.min(FIRST_MILLIS, 1000L * config.intervalSeconds());
    try {
      while (!isStopped()) {
        step();
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it soon. */
  void stop() {
    stopped.countDown();
    suspects.wake();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void step() throws InterruptedException {
    long wait = config.intervalSeconds() == 0 ? LOOK_MILLIS : nextMillis - millis();
    SuspectTables.Accused accused = suspects.take(Math.min(LOOK_MILLIS, wait));
    try {
      if (!accused.isNobody()) {
        lookAt(accused);
      } else if (config.intervalSeconds() > 0 && millis() >= nextMillis && !isStopped()) {
        run(slot.visit(Engine::tables));
      }
    } catch (RocksDBException failure) {
      suspects.accuse(failure);
      pause(AGAIN_MILLIS);
    } catch (StorageFault notNow) {
      log.debug("Nothing to verify", notNow);
      pause(AGAIN_MILLIS);
    } catch (RuntimeException bug) {
      log.error("Verifying failed unexpectedly", bug);
      pause(AGAIN_MILLIS);
    }
  }

  private void lookAt(SuspectTables.Accused accused) throws RocksDBException, StorageFault {
    int found = 0;
    for (LiveFileMetaData table : slot.visit(Engine::tables)) {
      if (accused.all() || accused.names().contains(table.fileName().substring(1))) {
        found += check(table) ? 0 : 1;
      }
    }
    if (found > 0) {
      lookAgain();
    }
  }

  private void run(List<LiveFileMetaData> tables)
      throws RocksDBException, StorageFault, InterruptedException {
    long began = millis();
    boolean intact = true;
    for (LiveFileMetaData table : tables) {
      intact &= check(table);
      pay(table.size() / TABLES_CHEAPER);
    }
    if (!intact) {
      lookAgain();
      return;
    }
    done = 0;
    long records = walk(from -> new RecordCheck(damaged, from), RECORD_BYTES);
    meters.verified(records);
    long entries = walk(from -> new IndexCheck(damaged, from, false), ENTRY_BYTES);
    if (entries > records) {
      // Some were written meanwhile, or the index knows what is not there.
      walk(from -> new IndexCheck(damaged, from, true), RECORD_BYTES);
    }
    report.work().accept(progress(true));
    if (!isStopped()) {
      nextMillis = millis() + 1000L * config.intervalSeconds();
      againMillis = AGAIN_MILLIS;
      meters.completed();
      log.info("Storage verified records={} in={}ms", records, millis() - began);
    }
  }

  /** Soon, for the store should be another one by then. */
  private void lookAgain() {
    nextMillis = millis() + againMillis;
    againMillis = Math.min(AGAIN_MILLIS_MAX, 2 * againMillis);
  }

  private boolean check(LiveFileMetaData table) {
    String damage = TableCheck.damage(Path.of(table.path(), table.fileName()));
    if (damage == null || isStopped()) {
      return true;
    }
    meters.damagedTable();
    log.warn("Storage file is damaged file={} reason={}", table.fileName(), damage);
    report.table().accept(damage);
    return false;
  }

  /** Looks at everything, slice by slice; returns how much there was. */
  private long walk(Function<Bytes, EngineSlot.Visit<ScrubSlice>> check, long entryBytes)
      throws RocksDBException, StorageFault, InterruptedException {
    long entries = 0;
    Bytes from = Bytes.EMPTY;
    while (from != null && !isStopped()) {
      ScrubSlice slice = slot.visit(check.apply(from));
      from = slice.next();
      entries += slice.entries();
      done = Math.max(done, entries);
      report.work().accept(progress(false));
      pay(Math.max(slice.bytes(), entryBytes * slice.entries()));
    }
    return entries;
  }

  private WorkProgress progress(boolean over) {
    return new WorkProgress(Kind.SCRUB, report.worker(), done, 0, "records", over);
  }

  private void pay(long bytes) throws InterruptedException {
    pause(TimeUnit.SECONDS.toMillis(1) * bytes / config.bytesPerSecond());
  }

  private void pause(long millis) throws InterruptedException {
    if (millis > 0 && stopped.await(millis, TimeUnit.MILLISECONDS)) {
      log.debug("Verification ends, the storage closes");
    }
  }

  private static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
