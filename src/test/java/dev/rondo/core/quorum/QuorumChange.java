package dev.rondo.core.quorum;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.quorum.ReadRound.Ask;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.ring.PreferenceLists;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One key while the quorums change, made from a seed: writes and reads by whatever rules their
 * coordinators know at the time, with their copies and answers in any order.
 */
final class QuorumChange {

  private static final int STEPS = 150;

  /** Where the change stands; coordinators are at most one state apart. */
  private enum Phase {
    /** Some have heard of it. */
    OLD_AND_JOINT,
    /** All have, and the owners were filled since; some have heard that it is over. */
    JOINT_AND_NEW,
    /** All have heard that it is over, and surplus copies were removed. */
    NEW
  }

  /** What is done wrong on purpose. */
  enum Bug {
    NONE,
    /** While the quorums change, only the new ones are counted. */
    COUNTS_ONLY_THE_NEW_QUORUMS,
    /** A write is answered by the rules that were in force when it began. */
    ANSWERS_BY_OUTDATED_RULES
  }

  private final Random random;
  private final Bug bug;
  private final PreferenceList preference;
  private final Quorums before;
  private final Quorums after;
  private final QuorumRules old;
  private final QuorumRules joint;
  private final QuorumRules next;
  private final Version[] held;
  private final List<Write> writes = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();
  private Phase phase = Phase.OLD_AND_JOINT;
  private Version acknowledged = Version.NONE;
  private int stamps;
  private int checked;

  /** A course of events. */
  QuorumChange(long seed, Bug bug) {
    this.bug = bug;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    int workers = 2 + random.nextInt(6);
    this.preference = PreferenceLists.of(IntStream.range(0, workers).toArray());
    this.before = quorums(workers);
    this.after = quorums(workers);
    ClusterState first = new ClusterState(1, 10, before, members(workers));
    ClusterState second = first.changingTo(after);
    this.old = new QuorumRules(first);
    this.joint =
        new QuorumRules(bug == Bug.COUNTS_ONLY_THE_NEW_QUORUMS ? second.settled() : second);
    this.next = new QuorumRules(second.settled());
    this.held = new Version[workers];
    Arrays.fill(held, Version.NONE);
  }

  private static List<Member> members(int workers) {
    return IntStream.range(0, workers)
        .mapToObj(id -> new Member(id, "127.0.0.1", 5001 + id, 6001 + id))
        .toList();
  }

  /** Any with R + W &gt; N. */
  private Quorums quorums(int workers) {
    int n = 1 + random.nextInt(workers);
    int w = 1 + random.nextInt(n);
    int r = n - w + 1 + random.nextInt(w);
    return new Quorums(n, w, r);
  }

  /** Whether every read met what was acknowledged before it began. */
  boolean isSound() {
    for (int step = 0; step < STEPS; step++) {
      if (!step()) {
        return false;
      }
    }
    return true;
  }

  /** How many reads were checked. */
  int checked() {
    return checked;
  }

  private boolean step() {
    int choice = random.nextInt(20);
    if (choice == 0) {
      advance();
    } else if (choice < 4) {
      writes.add(new Write());
    } else if (choice < 8) {
      reads.add(new Read());
    } else if (choice < 14 && !writes.isEmpty()) {
      writes.get(random.nextInt(writes.size())).happen();
    } else if (!reads.isEmpty()) {
      return reads.get(random.nextInt(reads.size())).happen();
    }
    return true;
  }

  private void advance() {
    if (phase == Phase.OLD_AND_JOINT) {
      fill(Math.max(before.replicationFactor(), after.replicationFactor()));
      phase = Phase.JOINT_AND_NEW;
    } else if (phase == Phase.JOINT_AND_NEW) {
      fill(after.replicationFactor());
      Arrays.fill(held, after.replicationFactor(), held.length, Version.NONE);
      // A read that is older than the whole change has long run out of time.
      reads.removeIf(read -> read.begun == Phase.OLD_AND_JOINT);
      phase = Phase.NEW;
    }
  }

  /** Each of the first so many takes what any worker holds. */
  private void fill(int owners) {
    Version newest = Arrays.stream(held).reduce(Version.NONE, Version::max);
    Arrays.fill(held, 0, owners, newest);
  }

  private QuorumRules rules() {
    boolean ahead = random.nextBoolean();
    return switch (phase) {
      case OLD_AND_JOINT -> ahead ? joint : old;
      case JOINT_AND_NEW -> ahead ? next : joint;
      case NEW -> next;
    };
  }

  /** A write; some of its copies never arrive. */
  private final class Write {
    private final Requirements requirements = rules().write(0);
    private final Version version = Version.of(1_000, ++stamps, 1);
    private final WriteRound round =
        new WriteRound(preference, requirements, true, 0, worker -> true);
    private final List<Copy> open = new ArrayList<>(round.start());
    private boolean answered;

    void happen() {
      if (open.isEmpty()) {
        return;
      }
      Copy copy = open.remove(random.nextInt(open.size()));
      int fate = random.nextInt(4);
      if (fate == 0) {
        open.addAll(round.failed(copy));
      } else if (copy.isHint()) {
        round.stored(copy);
      } else {
        int rank = preference.rankOf(copy.owner());
        held[rank] = Version.max(held[rank], version);
        round.stored(copy);
      }
      judge();
    }

    /** A write is answered by the rules in force then; one that hints made is not promised. */
    private void judge() {
      boolean valid =
          bug == Bug.ANSWERS_BY_OUTDATED_RULES
              || phase == Phase.OLD_AND_JOINT
              || requirements.imply(next.write(0));
      if (!answered && round.verdict() == Verdict.REACHED) {
        answered = true;
        if (valid && round.hinted() == 0) {
          acknowledged = Version.max(acknowledged, version);
        }
      }
    }
  }

  /** A read; some of its questions are never answered. */
  private final class Read {
    private final Phase begun = phase;
    private final Version atLeast = acknowledged;
    private final ReadRound round =
        new ReadRound(
            preference,
            rules().read(0),
            random.nextInt(Math.min(before.replicationFactor(), after.replicationFactor())),
            worker -> random.nextInt(5) > 0,
            worker -> random.nextInt(5) == 0);
    private final List<Ask> open = new ArrayList<>(round.start());
    private boolean answered;

    /** One more answer; false when it makes the read miss what it has to see. */
    boolean happen() {
      if (open.isEmpty()) {
        return true;
      }
      Ask ask = open.remove(random.nextInt(open.size()));
      open.addAll(
          random.nextInt(4) == 0
              ? round.failed(ask)
              : round.answered(ask, held[preference.rankOf(ask.worker())], true));
      if (answered || round.verdict() != Verdict.REACHED) {
        return true;
      }
      answered = true;
      checked++;
      return !atLeast.isAfter(round.newest());
    }
  }

  @Override
  public String toString() {
    return before + " to " + after;
  }
}
