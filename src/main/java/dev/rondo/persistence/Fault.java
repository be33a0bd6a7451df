package dev.rondo.persistence;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What a failure of the engine means. */
enum Fault {
  /** The file system is full. Passes with the shortage; the engine has to be opened again. */
  NO_SPACE,
  /** The files contradict themselves. */
  CORRUPT,
  /** Somebody else has the store open. */
  LOCKED,
  /** Anything else, first of all a failed fsync: the disk cannot be trusted any more. */
  FATAL;

  /** What the engine was doing; a bare "sync" could be part of a path. */
  private static final Pattern SYNCING = Pattern.compile("while \\w*sync");

  static Fault of(RocksDBException failure) {
    return of(failure.getStatus(), String.valueOf(failure.getMessage()));
  }

  static Fault of(Status status) {
    return of(status, String.valueOf(status.getState()));
  }

  /** The engine does not always pass the finer codes on, so that the words have to help. */
  private static Fault of(@Nullable Status status, String message) {
    String words = message.toLowerCase(Locale.ROOT);
    boolean full =
        words.contains("no space left")
            || words.contains("disk quota exceeded")
            || (status != null && status.getSubCode() == Status.SubCode.NoSpace);
    if (full) {
      // What an fsync had to write may be gone, even where the reason was a full disk.
      return SYNCING.matcher(words).find() ? FATAL : NO_SPACE;
    }
    if (words.contains("while lock file") || words.contains("lock hold by")) {
      return LOCKED;
    }
    return status != null && isCorruption(status.getCode(), words) ? CORRUPT : FATAL;
  }

  /** A store of a later version, for one, is refused by other words, and is not damaged. */
  private static boolean isCorruption(Status.Code code, String words) {
    return switch (code) {
      case Corruption -> true;
      case IOError, NotFound -> words.contains("no such file");
      case InvalidArgument -> words.contains("does not exist");
      default -> false;
    };
  }
}
