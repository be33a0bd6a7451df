package dev.rondo.bus;

import dev.rondo.core.member.ClusterState;
import org.jspecify.annotations.Nullable;

/** Changing the configuration of the cluster. */
public final class Configuring {

  private Configuring() {}

  /**
   * A change; null leaves a setting as it is.
   *
   * @param basedOn the epoch that the asker had seen; null when that does not matter
   */
  public record Change(
      @Nullable Integer replicationFactor,
      @Nullable Integer writeQuorum,
      @Nullable Integer readQuorum,
      @Nullable Long basedOn) {}

  /** What became of it. */
  public sealed interface Outcome {

    /** A majority of the members has accepted the state; unchanged when it was so already. */
    record Changed(ClusterState state) implements Outcome {}

    /** The configuration has changed since the asker looked. */
    record Stale(long epoch) implements Outcome {}

    /** An earlier change is not over yet. */
    record Busy(long epoch) implements Outcome {}

    /** No cluster could have it. */
    record Impossible(String reason) implements Outcome {}

    /** Too few members answered; nothing is in force, but it may be later. */
    record NoMajority(int accepted, int required) implements Outcome {}
  }
}
