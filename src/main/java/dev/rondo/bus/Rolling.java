package dev.rondo.bus;

import dev.rondo.bus.Redeploying.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replacing a verticle on the workers, one worker after the other. */
public final class Rolling {

  private Rolling() {}

  /**
   * What is wanted.
   *
   * @param jar null for the code that runs
   * @param config settings for the verticle, as a JSON object; empty for none
   * @param worker the only one; null for all that are there
   */
  public record Wish(
      Action action, String name, @Nullable String jar, String config, @Nullable Integer worker) {}

  /** How it stands. */
  public enum Status {
    RUNNING,
    SUCCEEDED,
    /** It failed at one worker; those behind it were left as they are. */
    STOPPED
  }

  /** How it stands at one worker. */
  public enum State {
    WAITING,
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  /** One worker's part; the reason is empty unless it failed. */
  public record Part(int worker, State state, String reason) {}

  /** How far it has come; the parts in their order. */
  public record Progress(String id, Wish wish, Status status, List<Part> parts) {

    public Progress {
      parts = List.copyOf(parts);
    }

    /** How many workers have the new generation. */
    public int done() {
      return (int) parts.stream().filter(part -> part.state() == State.SUCCEEDED).count();
    }

    /** The worker that it is at, or where it failed; null when it is over. */
    public @Nullable Integer worker() {
      return parts.stream()
          .filter(part -> part.state() == State.RUNNING || part.state() == State.FAILED)
          .map(Part::worker)
          .findFirst()
          .orElse(null);
    }

    /** Whether some workers have the new generation and others will not get it. */
    public boolean offersRollback() {
      return status == Status.STOPPED && wish.action() == Action.REDEPLOY && done() > 0;
    }
  }

  /** What became of the wish. */
  public sealed interface Outcome {

    /** It has begun. */
    record Begun(Progress progress) implements Outcome {}

    /** It has not, and nothing has changed. */
    record Refused(Redeploying.Reason reason, String detail) implements Outcome {}
  }
}
