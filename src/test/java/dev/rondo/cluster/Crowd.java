package dev.rondo.cluster;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Many requests, of which eight are under way at a time: one after the other they mostly wait. */
final class Crowd {

  private static final int SIZE = 8;

  private Crowd() {}

  /** Does the same for each of them; fails as the first that failed, when all have ended. */
  static <T> void forEach(Collection<T> items, Consumer<T> action) {
    ExecutorService crowd = Executors.newFixedThreadPool(SIZE);
    try {
      List<CompletableFuture<Void>> all =
          items.stream()
              .map(item -> CompletableFuture.runAsync(() -> action.accept(item), crowd))
              .toList();
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    } finally {
      crowd.shutdownNow();
    }
  }
}
