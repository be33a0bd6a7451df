package dev.rondo.bus;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures about one worker's storage.
 *
 * @param health whether it serves
 * @param keys live keys
 * @param tombstones deleted keys of which the deletion is still kept
 * @param bytes on disk
 * @param freeBytes free on the file system
 * @param hints how many hints wait for each worker
 * @param hintBytes their size together
 * @param hintsDropped since start, past the window or the size limit
 * @param setAside where a corrupt store was moved to at this start; null when there was none
 * @param recent the last keys that changed, newest first, at most {@link RecentChange#MAX}
 */
public record StorageFigures(
    Health health,
    long keys,
    long tombstones,
    long bytes,
    long freeBytes,
    Map<Integer, Long> hints,
    long hintBytes,
    long hintsDropped,
    @Nullable String setAside,
    List<RecentChange> recent) {

  public StorageFigures {
    hints = Map.copyOf(hints);
    recent = List.copyOf(recent);
  }

  /** Asks for the figures. */
  public enum Ask {
    NOW
  }

  /** Whether a storage serves. */
  public enum Health {
    OPEN,
    DISK_FULL,
    FAILED
  }
}
