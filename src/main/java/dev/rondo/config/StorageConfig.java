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
 */
public record StorageConfig(
    Durability durability,
    int syncMillis,
    long reserveBytes,
    int writeQueueMax,
    int readQueueMax,
    int readThreads,
    long cacheBytes,
    ScrubConfig scrub) {

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
  }

  /** An engine that is verified at the usual pace. */
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
        ScrubConfig.USUAL);
  }
}
