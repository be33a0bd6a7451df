package dev.rondo.persistence;

import dev.rondo.bus.WorkProgress;
import java.util.List;
import java.util.function.Consumer;

/**
 * The way from the storage's threads back to the verticle.
 *
 * @param context runs something on the verticle's context
 * @param onChange is told, there, when the storage fails, or fills up, or has room again
 * @param onLoss is told, there, when records are lost and nobody knows which
 * @param onWork is told, there, of background work
 */
record Outlet(
    Consumer<Runnable> context, Runnable onChange, Runnable onLoss, Consumer<WorkProgress> onWork) {

  /** Answers all of these in one go, {@code reads} first. */
  void answer(List<StoreRequest> requests, CachedReads reads) {
    context.accept(
        () -> {
          requests.forEach(reads::stored);
          requests.forEach(StoreRequest::complete);
        });
  }

  /** Answers all of these in one go, {@code reads} first, and says then that it has. */
  void answerLookups(List<LookupRequest> requests, CachedReads reads, Runnable answered) {
    context.accept(
        () -> {
          requests.forEach(request -> request.teach(reads));
          requests.forEach(LookupRequest::complete);
          answered.run();
        });
  }

  void reportLoss() {
    context.accept(onLoss);
  }

  void reportWork(WorkProgress progress) {
    context.accept(() -> onWork.accept(progress));
  }

  void reportChange() {
    context.accept(onChange);
  }
}
