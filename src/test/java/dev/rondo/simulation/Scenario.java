package dev.rondo.simulation;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a run is about: the cluster and the faults it has to stand.
 *
 * @param keys on which the clients meet
 */
record Scenario(Kind kind, int workers, Quorums quorums, int clients, int keys) {

  /** Families of faults. */
  enum Kind {
    /** Nothing goes wrong; many clients fight over few keys. */
    CALM,
    /** At most one worker at a time is down or paused, and no message is lost. */
    ONE_DOWN,
    /** Any number of workers crash, at any moment, on slow disks. */
    CRASHES,
    /** The network loses, delays, reorders, repeats, and splits, also in one direction. */
    PARTITIONS,
    /** Processes stop for seconds and wake up with all that was sent to them. */
    PAUSES,
    /** Clocks are wrong by an hour and are set back and forth. */
    CLOCKS,
    /** All of this. */
    EVERYTHING,
    /** N, W and R are changed, while at most one worker at a time is down or paused. */
    CHANGES,
    /** N, W and R are changed, while anything but clocks goes wrong. */
    CHANGES_IN_TROUBLE,
    /**
     * All are slow for moments, any number at once, while up to two crash together, and nobody else
     * does before both have caught up.
     */
    BUSY,
    /** Workers are away for long, hints for them are dropped, and exchanges alone make it good. */
    NEGLECT;

    /** All kinds in turn. */
    static Kind of(long seed) {
      return values()[(int) Math.floorMod(seed, (long) values().length)];
    }

    /** Whether hints are dropped, and reads repair nothing in the end. */
    boolean neglects() {
      return this == NEGLECT;
    }

    /** Whether N, W and R are changed. */
    boolean changes() {
      return this == CHANGES || this == CHANGES_IN_TROUBLE;
    }

    /** Whether a worker fails only while all others are well. */
    boolean oneAtATime() {
      return this == ONE_DOWN || this == CHANGES || this == BUSY;
    }

    /** Whether R + W &gt; N alone is enough for a read to see what was acknowledged before it. */
    boolean promisesReads() {
      return this == CALM || this == ONE_DOWN || this == BUSY;
    }

    boolean crashes() {
      return changes()
          || this == ONE_DOWN
          || this == CRASHES
          || this == BUSY
          || this == NEGLECT
          || this == CLOCKS
          || this == EVERYTHING;
    }

    boolean pauses() {
      return changes() || this == ONE_DOWN || this == PAUSES || this == EVERYTHING;
    }

    /** Whether clients ask for nothing but what the cluster itself asks for. */
    boolean isPlain() {
      return this == ONE_DOWN || this == BUSY;
    }

    /** Whether anybody does nothing for a moment, as where processors are scarce. */
    boolean stalls() {
      return this == BUSY;
    }

    boolean crashesInPairs() {
      return this == BUSY;
    }

    boolean partitions() {
      return this == PARTITIONS || this == EVERYTHING || this == CHANGES_IN_TROUBLE;
    }

    boolean clocks() {
      return this == CLOCKS || this == EVERYTHING;
    }

    /**
     * Whether all wall clocks are set at once; not where power fails as well, which may leave a
     * majority without a memory of the time before.
     */
    boolean setsAllClocks() {
      return this == CLOCKS;
    }

    boolean slowDisks() {
      return this == CRASHES || this == EVERYTHING || this == CHANGES_IN_TROUBLE;
    }

    boolean refusals() {
      return this == CRASHES || this == PAUSES || this == EVERYTHING || this == CHANGES_IN_TROUBLE;
    }
  }

  static Scenario of(long seed, Random random) {
    Kind kind = Kind.of(seed);
    return new Scenario(
        kind,
        3 + random.nextInt(4),
        kind.oneAtATime() || kind.changes() ? new Quorums(3, 2, 2) : quorums(random),
        2 + random.nextInt(4),
        1 + random.nextInt(3));
  }

  private static Quorums quorums(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Quorums(3, 3, 1);
      case 1 -> new Quorums(2, 2, 1);
      case 2 -> new Quorums(3, 1, 3);
      case 3 -> new Quorums(3, 1, 1);
      default -> new Quorums(3, 2, 2);
    };
  }

  /** Any in which every two writes, and every write and every read, have an owner in common. */
  Quorums otherQuorums(Random random) {
    int n = 1 + random.nextInt(Math.min(workers, 5));
    int w = n / 2 + 1 + random.nextInt(n - n / 2);
    int r = n - w + 1 + random.nextInt(w);
    return new Quorums(n, w, r);
  }

  Topology topology() {
    List<Member> members =
        IntStream.range(0, workers)
            .mapToObj(id -> new Member(id, "127.0.0.1", 5001 + id, 6001 + id))
            .toList();
    return new Topology(new ClusterState(1, 10, quorums, members));
  }

  int n() {
    return quorums.replicationFactor();
  }
}
