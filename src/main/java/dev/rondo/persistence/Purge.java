package dev.rondo.persistence;

import dev.rondo.bus.Ripening;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Bytes;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes tombstones that are ripe at all owners, a slice at a time. That is no write that others
 * hear of: to them these tombstones are ripe as well. Runs on the verticle's context.
 */
final class Purge {

  private static final Logger log = LoggerFactory.getLogger(Purge.class);
  private static final long PAUSE_MILLIS = 20;

  private final Vertx vertx;
  private final Storage storage;
  private final Tombstones tombstones;
  private final Counter purged;
  private boolean running;
  private boolean again;
  private boolean stopped;
  private long count;

  Purge(Vertx vertx, Storage storage, Tombstones tombstones, Counter purged) {
    this.vertx = vertx;
    this.storage = storage;
    this.tombstones = tombstones;
    this.purged = purged;
  }

  /** Only these are ripe from now on. */
  void ripened(List<Ripening.Part> parts) {
    tombstones.ripened(parts);
    if (running) {
      again = true;
    } else {
      begin();
    }
  }

  private void begin() {
    if (!running && tombstones.anyToPurge() && !stopped) {
      running = true;
      again = false;
      count = 0;
      slice(Bytes.EMPTY);
    }
  }

  private void slice(Bytes from) {
    storage.scan(new PurgeScan(tombstones, from)).onComplete(this::remove, this::over);
  }

  private void remove(PurgeScan.Slice slice) {
    storage
        .store(new Storing.Store(slice.found()))
        .onComplete(stored -> removed(slice, stored), this::over);
  }

  private void removed(PurgeScan.Slice slice, Storing.Stored stored) {
    long gone = stored.results().stream().filter(Storing.Result.Done.DURABLE::equals).count();
    count += gone;
    purged.increment((double) gone);
    Bytes next = slice.next();
    if (next == null || stopped) {
      over(null);
    } else {
      vertx.setTimer(PAUSE_MILLIS, timer -> slice(next));
    }
  }

  private void over(@Nullable Throwable failure) {
    running = false;
    if (failure != null) {
      log.debug("Tombstones are purged later", failure);
    }
    if (count > 0) {
      log.info("Purged tombstones count={}", count);
    }
    if (again) {
      vertx.setTimer(PAUSE_MILLIS, timer -> begin());
    }
  }

  /** Begins nothing more. */
  void stop() {
    stopped = true;
    tombstones.ripened(List.of());
  }
}
