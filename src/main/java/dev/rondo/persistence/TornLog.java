package dev.rondo.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log whose last write was under way when the power went.
 *
 * <p>A large write reaches the disk in any order, page by page. Cut short, it leaves pages of zeros
 * between good ones, which the engine takes for damage and refuses. If that set the store aside,
 * one power cut for all workers could lose everything, though nobody was ever told that the write
 * was done. It is told from damage by two signs, which must both be there:
 *
 * <ol>
 *   <li>no other write begins behind it: with an fsync for each, one that does proves that the
 *       broken one had been acknowledged;
 *   <li>a whole sector is zero where reading ends, space that the file system had allotted and
 *       never written. A flipped bit leaves no such trace; zeros elsewhere may belong to a value.
 * </ol>
 */
final class TornLog {

  private static final Logger log = LoggerFactory.getLogger(TornLog.class);
  private static final int SECTOR = 512;

  private final ByteBuffer bytes;
  private final boolean syncedEach;

  private TornLog(ByteBuffer bytes, boolean syncedEach) {
    this.bytes = bytes;
    this.syncedEach = syncedEach;
  }

  /**
   * Cuts an unfinished last write off the newest log, if there is one; returns whether it did.
   *
   * @param syncedEach whether no write is begun before the one before it is on the disk; where that
   *     is not so, several may be unfinished, and the first sign means nothing
   */
  static boolean cut(Path store, boolean syncedEach) throws IOException {
    Optional<Path> newest = newestLog(store);
    if (newest.isEmpty()) {
      return false;
    }
    Path file = newest.get();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        return false;
      }
      int end = new TornLog(channel.map(MapMode.READ_ONLY, 0, size), syncedEach).unfinishedFrom();
      if (end < 0) {
        return false;
      }
      channel.truncate(end);
      channel.force(true);
      log.warn("Unfinished write was cut off the log: file={} bytes={}", file, size - end);
      return true;
    }
  }

  private static Optional<Path> newestLog(Path store) throws IOException {
    return Folders.entries(store).stream()
        .filter(file -> file.toString().endsWith(".log"))
        .filter(file -> file.toFile().length() > 0)
        .max(Comparator.naturalOrder());
  }

  /** Where the unfinished write starts; -1 when there is none, or damage of another kind. */
  private int unfinishedFrom() {
    int start = 0;
    int position = 0;
    boolean within = false;
    while (position < bytes.limit()) {
      LogFragment fragment = LogFragment.at(bytes, position);
      start = within ? start : position;
      if (!fragment.intact()) {
        boolean isLast = !syncedEach || !isFollowedByWrite(fragment.next());
        return isLast && hasEmptySector(position, fragment.next()) ? start : -1;
      }
      within = fragment.isContinued();
      position = fragment.next();
    }
    return -1;
  }

  private boolean isFollowedByWrite(int from) {
    int position = from;
    while (position < bytes.limit()) {
      LogFragment fragment = LogFragment.at(bytes, position);
      if (fragment.intact() && fragment.startsWrite()) {
        return true;
      }
      position = fragment.next();
    }
    return false;
  }

  /** Whether the fragment that cannot be read reaches into a sector that was never written. */
  private boolean hasEmptySector(int from, int to) {
    int first = from / SECTOR * SECTOR;
    for (int sector = first; sector < to && sector + SECTOR <= bytes.limit(); sector += SECTOR) {
      if (isZero(sector)) {
        return true;
      }
    }
    return false;
  }

  private boolean isZero(int sector) {
    for (int i = sector; i < sector + SECTOR; i += Long.BYTES) {
      if (bytes.getLong(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
