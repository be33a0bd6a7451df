package dev.rondo.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replacing verticles of this node while it runs. */
public final class Redeploying {

  private Redeploying() {}

  /** Asks how all verticles are. */
  public enum Ask {
    NOW
  }

  /**
   * All verticles, from the inside out.
   *
   * @param jarDirectory where other jars may be; it need not exist
   */
  public record Verticles(String jarDirectory, List<Verticle> all) {

    public Verticles {
      all = List.copyOf(all);
    }
  }

  /**
   * One kind of verticle and the generation that is in force.
   *
   * @param inFlight questions and requests that it has begun
   * @param rollback what a rollback would deploy; null for nothing
   * @param last the latest attempt to replace it; null before the first one
   */
  public record Verticle(
      String name,
      boolean replaceable,
      int instances,
      int generation,
      Code code,
      long sinceMillis,
      int inFlight,
      @Nullable Code rollback,
      @Nullable Attempt last) {

    /** Whether it is being replaced. */
    public boolean isReplacing() {
      return last != null && last.status() == Status.RUNNING;
    }
  }

  /**
   * Where classes come from.
   *
   * @param version and, for those of another jar, a hash of them
   * @param jar the name of the file; null for the jar that the node was started from
   */
  public record Code(String version, @Nullable String jar) {}

  /** What is wanted. */
  public enum Action {
    REDEPLOY,
    ROLLBACK
  }

  /** How it stands. */
  public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  /** Where an attempt is, or where it ended. */
  public enum Step {
    STARTING,
    HANDING_OVER,
    TAKING_OVER,
    RETIRING,
    DONE
  }

  /**
   * One attempt to replace a verticle.
   *
   * @param ticket who asked may recognise it by that
   * @param endedMillis 0 while it runs
   * @param heldMillis how long questions waited for the change
   * @param reason why it failed; empty when it did not
   */
  public record Attempt(
      String ticket,
      Action action,
      Status status,
      Step step,
      int generation,
      Code code,
      long startedMillis,
      long endedMillis,
      long heldMillis,
      String reason) {

    /** One that begins. */
    public static Attempt begun(
        String ticket, Action action, int generation, Code code, long nowMillis) {
      return new Attempt(
          ticket, action, Status.RUNNING, Step.STARTING, generation, code, nowMillis, 0, 0, "");
    }

    /** The same a step further. */
    public Attempt at(Step next, long held) {
      return new Attempt(
          ticket, action, status, next, generation, code, startedMillis, endedMillis, held, reason);
    }

    /** The same at its end, where it is. */
    public Attempt ended(Status how, String why, long nowMillis) {
      return new Attempt(
          ticket, action, how, step, generation, code, startedMillis, nowMillis, heldMillis, why);
    }
  }

  /**
   * Replace a verticle.
   *
   * @param ticket names the attempt
   * @param jar null for the code that is running
   * @param config settings for this verticle, as a JSON object; empty for none
   */
  public record Redeploy(
      String ticket, Action action, String name, @Nullable String jar, String config) {}

  /** What became of the wish; the attempt itself goes on behind {@link Accepted}. */
  public sealed interface Outcome {

    /** It has begun. */
    record Accepted(Verticle verticle) implements Outcome {}

    /** It has not, and nothing has changed. */
    record Refused(Reason reason, String detail) implements Outcome {}
  }

  /** Why nothing was begun. */
  public enum Reason {
    UNKNOWN,
    NOT_REPLACEABLE,
    BUSY,
    NOTHING_TO_GO_BACK_TO,
    UNUSABLE_JAR,
    IMPOSSIBLE_CONFIG
  }
}
