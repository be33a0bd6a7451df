package dev.rondo.core.member;

/** How many copies a key has, and how many of them a write and a read wait for. */
public record Quorums(int replicationFactor, int writeQuorum, int readQuorum) {

  public Quorums {
    if (replicationFactor < 1) {
      throw new IllegalArgumentException(
          "replicationFactor is " + replicationFactor + ", it must be at least 1");
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
