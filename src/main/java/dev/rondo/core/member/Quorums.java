package dev.rondo.core.member;

/** How many copies a key has, and how many of them a write and a read wait for. */
public record Quorums(int replicationFactor, int writeQuorum, int readQuorum) {

  /** The most copies a key can have. */
  public static final int REPLICATION_FACTOR_MAX = 32;

  public Quorums {
    if (replicationFactor < 1 || replicationFactor > REPLICATION_FACTOR_MAX) {
      throw new IllegalArgumentException(
          "replicationFactor is %d, allowed are 1 to %d"
              .formatted(replicationFactor, REPLICATION_FACTOR_MAX));
    }
    check("writeQuorum", writeQuorum, replicationFactor);
    check("readQuorum", readQuorum, replicationFactor);
  }

  private static void check(String what, int value, int replicationFactor) {
    if (value < 1 || value > replicationFactor) {
      throw new IllegalArgumentException(
          "%s is %d, allowed are 1 to %d (the replication factor)"
              .formatted(what, value, replicationFactor));
    }
  }
}
