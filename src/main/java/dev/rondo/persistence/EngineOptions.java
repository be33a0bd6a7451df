package dev.rondo.persistence;

import dev.rondo.config.StorageConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;

/**
 * How the engine is set up: for several workers on one small machine, each with a few hundred
 * megabytes, and so that damage is found instead of passed over.
 */
final class EngineOptions {

  private static final long MEGABYTE = 1 << 20;
  private static final long MEMTABLES = 64 * MEGABYTE;
  private static final long WAL_MAX = 128 * MEGABYTE;

  private final Deque<RocksObject> owned = new ArrayDeque<>();
  private final Cache cache;
  private final DBOptions database;

  EngineOptions(StorageConfig config, AbstractEventListener listener) {
    cache = own(new LRUCache(config.cacheBytes()));
    database = own(verifyingDatabase());
    setRecovery();
    setResources(listener);
  }

  DBOptions database() {
    return database;
  }

  Cache cache() {
    return cache;
  }

  /** One descriptor for each {@link Family}, in their order. */
  List<ColumnFamilyDescriptor> families() {
    BloomFilter bloom = own(new BloomFilter(10));
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    for (Family family : Family.values()) {
      ColumnFamilyOptions options = own(new ColumnFamilyOptions());
      options
          .setTableFormatConfig(table(bloom))
          .setLevelCompactionDynamicLevelBytes(true)
          .setMaxWriteBufferNumber(3)
          .setWriteBufferSize(memtable(family))
          .setCompressionType(compression(family));
      if (family == Family.INDEX) {
        // Most puts ask the index about a key that is not there.
        options.setMemtablePrefixBloomSizeRatio(0.05).setMemtableWholeKeyFiltering(true);
      }
      families.add(new ColumnFamilyDescriptor(family.nameBytes(), options));
    }
    return families;
  }

  /** A missing log file counts as damage; the option for that has no setter of its own. */
  private static DBOptions verifyingDatabase() {
    Properties verifying = new Properties();
    verifying.setProperty("track_and_verify_wals_in_manifest", "true");
    DBOptions options = DBOptions.getDBOptionsFromProps(verifying);
    return options == null ? new DBOptions() : options;
  }

  private void setRecovery() {
    database
        // The default mode opens cleanly after one flipped bit in the log and silently drops every
        // acknowledged record behind it. This one forgives only a write that was cut off.
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setParanoidChecks(true)
        .setCreateIfMissing(false)
        .setCreateMissingColumnFamilies(false)
        // Recovery ends with a flush: what the log held unsynced is on the disk afterwards.
        .setAvoidFlushDuringRecovery(false)
        .setMaxTotalWalSize(WAL_MAX);
  }

  private void setResources(AbstractEventListener listener) {
    database
        .setDbWriteBufferSize(MEMTABLES)
        .setMaxOpenFiles(256)
        .setMaxFileOpeningThreads(1)
        .setMaxBackgroundJobs(2)
        .setBytesPerSync(MEGABYTE)
        // One thread writes, so nobody has to be waited for.
        .setAllowConcurrentMemtableWrite(false)
        .setEnableWriteThreadAdaptiveYield(false)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(MEGABYTE)
        .setKeepLogFileNum(3)
        .setStatsDumpPeriodSec(0)
        .setListeners(List.of(listener));
    database.setStatsPersistPeriodSec(0);
  }

  private BlockBasedTableConfig table(BloomFilter bloom) {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setFilterPolicy(bloom)
        .setOptimizeFiltersForMemory(true)
        // Inside the cache, so that its size bounds the memory.
        .setCacheIndexAndFilterBlocks(true)
        .setCacheIndexAndFilterBlocksWithHighPriority(true)
        .setPinL0FilterAndIndexBlocksInCache(true);
  }

  private static long memtable(Family family) {
    return switch (family) {
      case RECORDS -> 16 * MEGABYTE;
      case INDEX -> 8 * MEGABYTE;
      case HINTS -> 4 * MEGABYTE;
      case META, DEFAULT -> MEGABYTE;
    };
  }

  private static CompressionType compression(Family family) {
    // The index is made of hashes and checksums.
    return family == Family.INDEX
        ? CompressionType.NO_COMPRESSION
        : CompressionType.LZ4_COMPRESSION;
  }

  private <T extends RocksObject> T own(T object) {
    owned.push(object);
    return object;
  }

  /** Everything that has to be closed behind the database, in this order. */
  List<RocksObject> owned() {
    return List.copyOf(owned);
  }
}
