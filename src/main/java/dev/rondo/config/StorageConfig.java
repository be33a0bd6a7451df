package dev.rondo.config;

/**
 * The storage engine.
 *
 * @param durability when an acknowledged write is on the disk itself
 * @param syncMillis between two fsyncs with {@link Durability#INTERVAL}
 * @param reserveBytes of free space below which writes are refused
 * @param writeQueueMax entries at most that wait to be stored
 * @param readQueueMax look-ups at most that wait
 * @param readThreads threads that look up
 * @param cacheBytes of the engine's block cache
 * @param recordCacheBytes of records that are kept to be read without the engine; 0 for none
 */
public record StorageConfig(
    Durability durability,
    int syncMillis,
    long reserveBytes,
    int writeQueueMax,
    int readQueueMax,
    int readThreads,
    long cacheBytes,
    long recordCacheBytes,
    ScrubConfig scrub) {

  /** Of the record cache, where nothing else is said. */
  public static final long RECORD_CACHE_BYTES = 32 << 20;

  private static final long RECORD_CACHE_BYTES_MIN = 1 << 20;
  private static final long RECORD_CACHE_BYTES_MAX = 8L << 30;

  /** When a write is on the disk. */
  public enum Durability {
    /** Before it is acknowledged. */
    SYNC,
    /** At most {@code syncMillis} later; a power cut loses what came after the last fsync. */
    INTERVAL
  }

  public StorageConfig {
    Check.range("storage.syncMillis", syncMillis, 1, 60_000);
    Check.range("storage.reserveBytes", reserveBytes, 0, Long.MAX_VALUE);
    Check.range("storage.writeQueueMax", writeQueueMax, 16, 1_000_000);
    Check.range("storage.readQueueMax", readQueueMax, 16, 1_000_000);
    Check.range("storage.readThreads", readThreads, 1, 256);
    Check.range("storage.cacheBytes", cacheBytes, 1 << 20, Long.MAX_VALUE);
    if (recordCacheBytes != 0) {
      Check.range(
          "storage.recordCacheBytes",
          recordCacheBytes,
          RECORD_CACHE_BYTES_MIN,
          RECORD_CACHE_BYTES_MAX);
    }
  }

  /** An engine with the usual record cache, that is verified at the usual pace. */
  public StorageConfig(
      Durability durability,
      int syncMillis,
      long reserveBytes,
      int writeQueueMax,
      int readQueueMax,
      int readThreads,
      long cacheBytes) {
    this(
        durability,
        syncMillis,
        reserveBytes,
        writeQueueMax,
        readQueueMax,
        readThreads,
        cacheBytes,
        RECORD_CACHE_BYTES,
        ScrubConfig.USUAL);
  }
}
