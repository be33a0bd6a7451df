package dev.rondo.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Having workers compare what they hold with their peers, and make it equal, out of turn. */
public final class Repairing {

  private Repairing() {}

  /** Asks one worker, or with null all of them. */
  public record Repair(@Nullable Integer worker) {}

  /**
   * Who was asked.
   *
   * @param order names this request; the events at its end name it too
   * @param workers that were told; who is away is not
   */
  public record Outcome(long order, List<Integer> workers) {
    public Outcome {
      workers = List.copyOf(workers);
    }
  }

  /** What a worker is told. */
  public record Order(long number) {}
}
