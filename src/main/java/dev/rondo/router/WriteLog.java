package dev.rondo.router;

import dev.rondo.core.quorum.Copy;
import dev.rondo.core.record.Key;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log tells of single writes, at DEBUG; people search for these words. */
final class WriteLog {

  private static final Logger log = LoggerFactory.getLogger(WriteCoordinator.class);

  /** Control and format characters, line ends: a key must not be able to forge a log line. */
  private static final Pattern ILLEGIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private WriteLog() {}

  static void durable(Copy copy, int self, Key key) {
    if (!log.isDebugEnabled()) {
      return;
    }
    String legible = ILLEGIBLE.matcher(key.toString()).replaceAll("?");
    if (copy.isHint()) {
      log.debug("Hinted '{}' owner={} at={}", legible, copy.owner(), copy.holder());
    } else if (copy.holder() == self) {
      log.debug("Stored '{}' locally", legible);
    } else {
      log.debug("Replicated '{}' worker={}", legible, copy.holder());
    }
  }

  static void finished(int copies) {
    log.debug("Background write finished. Total copies: {}", copies);
  }
}
