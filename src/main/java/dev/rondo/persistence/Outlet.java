package dev.rondo.persistence;

import java.util.List;
import java.util.function.Consumer;

/**
 * The way from the storage's threads back to the verticle.
 *
 * @param context runs something on the verticle's context
 * @param onChange is told, there, when the storage fails, or fills up, or has room again
 */
record Outlet(Consumer<Runnable> context, Runnable onChange) {

  /** Answers all of these in one go. */
  void answer(List<StoreRequest> requests) {
    context.accept(() -> requests.forEach(StoreRequest::complete));
  }

  /** Answers all of these in one go. */
  void answerLookups(List<LookupRequest> requests) {
    context.accept(() -> requests.forEach(LookupRequest::complete));
  }

  void reportChange() {
    context.accept(onChange);
  }
}
