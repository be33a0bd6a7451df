package dev.rondo.persistence;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;

/** Keeps the first error that a flush or a compaction ran into. Called by the engine's threads. */
final class BackgroundErrors extends AbstractEventListener {

  private final AtomicReference<@Nullable StorageFailure> first = new AtomicReference<>();

  BackgroundErrors() {
    super(EnabledEventCallback.ON_BACKGROUND_ERROR);
  }

  @Override
  public void onBackgroundError(BackgroundErrorReason reason, Status status) {
    first.compareAndSet(null, StorageFailure.of(status));
  }

  @Nullable StorageFailure first() {
    return first.get();
  }
}
