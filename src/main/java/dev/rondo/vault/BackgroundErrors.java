package dev.rondo.vault;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;

/** Keeps the first error that a flush or a compaction ran into. Called by the engine's threads. */
public final class BackgroundErrors extends AbstractEventListener {

  private final AtomicReference<@Nullable Status> first = new AtomicReference<>();

  public BackgroundErrors() {
    super(EnabledEventCallback.ON_BACKGROUND_ERROR);
  }

  @Override
  public void onBackgroundError(BackgroundErrorReason reason, Status status) {
    first.compareAndSet(null, status);
  }

  /** The first error; null when there was none. */
  public @Nullable Status first() {
    return first.get();
  }
}
