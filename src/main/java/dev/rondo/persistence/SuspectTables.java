package dev.rondo.persistence;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rocksdb.RocksDBException;

/**
 * The files of the engine that somebody met damage in, to be looked at before all others. Shared by
 * the storage threads.
 */
final class SuspectTables {

  private static final Pattern NAME = Pattern.compile("(\\d{6,})\\.sst");
  private static final int MAX = 256;

  private final Set<String> names = new LinkedHashSet<>();
  private boolean anonymous;
  private boolean woken;

  /** Notes the file that the engine names in its complaint; one that names none accuses all. */
  synchronized void accuse(RocksDBException failure) {
    if (Fault.of(failure) == Fault.CORRUPT) {
      accuse(String.valueOf(failure.getMessage()));
    }
  }

  /** The same in the engine's own words. */
  synchronized void accuse(String complaint) {
    Matcher matcher = NAME.matcher(complaint);
    if (matcher.find() && names.size() < MAX) {
      names.add(matcher.group());
    } else {
      anonymous = true;
    }
    notifyAll();
  }

  /** Who is suspected; {@code all} when some damage could be in any file. */
  record Accused(Set<String> names, boolean all) {

    boolean isNobody() {
      return names.isEmpty() && !all;
    }
  }

  /** Ends the waiting of whoever waits. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** Hands over who is suspected, after waiting for the first at most so long. */
  synchronized Accused take(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (names.isEmpty() && !anonymous && !woken) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    Accused accused = new Accused(Set.copyOf(names), anonymous);
    names.clear();
    anonymous = false;
    return accused;
  }
}
