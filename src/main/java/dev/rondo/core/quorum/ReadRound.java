package dev.rondo.core.quorum;

import static dev.rondo.core.quorum.SentCopies.bit;

import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One read: asks R owners, one of them for the value and the others for its version, and knows when
 * the newest is in hand.
 *
 * <p>Each event returns the questions to ask because of it. An owner that fails is replaced by the
 * next one; an owner that lost its data and was not rebuilt yet does not count. One that was away
 * and has not caught up is asked last, and what it says is not enough while somebody better is
 * about to answer: two of those may both lack a write that a stand-in holds for them. When a
 * version turns out to be newer than the value in hand, its value is asked for, after the verdict
 * as well: the owners that lack it are to be repaired with it.
 *
 * <p>While the quorums change, R and N are two numbers each, and the answers satisfy both: nobody
 * who owns the key under the larger N alone decides anything, because such a worker may not have
 * its copies yet.
 *
 * <p>There is one round for every read, so it counts in bits: bit <i>r</i> of a mask stands for the
 * owner at rank <i>r</i> of the preference list.
 */
public final class ReadRound {

  /** A question to one owner: for the whole record, or for its version alone. */
  public record Ask(int worker, boolean value) {}

  private static final int NOBODY = -1;

  private final PreferenceList preference;
  private final Requirements requirements;
  private final int owners;
  private final int self;
  private final Candidates candidates;
  private final IntPredicate behind;

  /** What each owner answered, by rank; null where it did not. */
  private final @Nullable Version[] held;

  private final SentAsks sent;

  /** Owners whose answer counts towards R. */
  private long counted;

  /** Those of them that may have missed much. */
  private long doubted;

  private final Silence silence = new Silence();

  private Version newest = Version.NONE;
  private Version inHand = Version.NONE;
  private Verdict verdict = Verdict.PENDING;

  /**
   * A round that has not started.
   *
   * @param requirements R of N
   * @param self the coordinator, asked first when it is an owner
   * @param reach which workers are worth asking now; those that are away are asked last
   * @param behind whether a worker was away and may have missed much; asked after those that did
   *     not, which goes for the coordinator as well
   */
  public ReadRound(
      PreferenceList preference,
      Requirements requirements,
      int self,
      Reach reach,
      IntPredicate behind) {
    this.preference = preference;
    this.requirements = requirements;
    this.owners = requirements.owners();
    this.self = self;
    this.candidates = new Candidates(preference, requirements, self, reach);
    this.behind = behind;
    this.held = new @Nullable Version[owners];
    this.sent = new SentAsks(preference);
  }

  /** Whether the requirements can be met, by what is known now. */
  public boolean isPossible() {
    return candidates.suffice(false);
  }

  /** Of two requirements, the one that has fewer owners in reach to spare. */
  public Requirement scarcest() {
    return candidates.scarcest(false);
  }

  /** How many owners can be asked for {@link #scarcest}, by what is known now. */
  public int available() {
    return candidates.available(false);
  }

  /** The questions to ask first. */
  public List<Ask> start() {
    List<Ask> asks = new ArrayList<>(requirements.told().required());
    int own = preference.rankOf(self);
    if (own >= 0 && own < owners && !behind.test(self)) {
      asks.add(sent.send(own, true));
    }
    while (!requirements.areMetBy(sent.asked()) && askNext(asks)) {
      // The next owner was asked.
    }
    return asks;
  }

  /**
   * An owner answered.
   *
   * @param version what it holds, NONE for nothing
   * @param counts false at an owner that lost its data: what it holds may be old
   */
  public List<Ask> answered(Ask ask, Version version, boolean counts) {
    sent.settle(ask);
    int rank = preference.rankOf(ask.worker());
    Version before = held[rank];
    held[rank] = before == null ? version : Version.max(before, version);
    newest = Version.max(newest, version);
    if (ask.value()) {
      inHand = Version.max(inHand, version);
    }
    if (counts) {
      counted |= bit(rank);
      doubted |= behind.test(ask.worker()) ? bit(rank) : 0;
    }
    return proceed(counts ? 0 : 1);
  }

  /** An owner did not answer, or could not. */
  public List<Ask> failed(Ask ask) {
    return sent.settle(ask) ? proceed(1) : List.of();
  }

  /** No verdict after the hedging delay: one more owner is asked for each that is silent. */
  public List<Ask> hedge() {
    silence.lasts(1);
    sent.hedge();
    return proceed(Long.bitCount(sent.awaited()));
  }

  /** The same where nobody else may be asked. */
  public void keepWaiting() {
    silence.lasts(1);
    judge();
  }

  /** It is time to be content with what there is. */
  public void settleForLess() {
    silence.lasts(Silence.COUNTED_AFTER);
    judge();
  }

  /** What the answers so far mean; final once it is not {@link Verdict#PENDING}. */
  public Verdict verdict() {
    return verdict;
  }

  /** Of two requirements, the one that lacks more. */
  public Requirement lacking() {
    return requirements.farthest(
        requirements.narrow().countOf(counted), requirements.wide().countOf(counted));
  }

  /** How many owners answered and count towards {@link #lacking}. */
  public int answers() {
    return lacking().countOf(counted);
  }

  /** The latest version seen. */
  public Version newest() {
    return newest;
  }

  /** The owners known to hold less than the newest version. */
  public List<Integer> stale() {
    List<Integer> stale = new ArrayList<>(0);
    for (int rank = 0; rank < owners; rank++) {
      Version version = held[rank];
      if (version != null && newest.isAfter(version)) {
        stale.add(preference.worker(rank));
      }
    }
    return stale;
  }

  /** Whether nothing is waited for any more. */
  public boolean isFinished() {
    return sent.awaited() == 0;
  }

  /** Asks for what is missing: {@code replacements} for owners without an answer, or the value. */
  private List<Ask> proceed(int replacements) {
    List<Ask> asks = List.of();
    if (!requirements.areMetBy(counted)) {
      asks = new ArrayList<>(replacements);
      while (asks.size() < replacements && askNext(asks)) {
        // The next owner was asked.
      }
    } else if (!inHand.equals(newest) && !sent.isValueUnderway()) {
      asks = new ArrayList<>(1);
      fetchNewest(asks);
    }
    judge();
    return asks;
  }

  private void judge() {
    if (verdict != Verdict.PENDING) {
      return;
    }
    boolean met = requirements.areMetBy(counted);
    if (met && inHand.equals(newest) && !isBetterExpected()) {
      verdict = Verdict.REACHED;
    } else if (met ? isFinished() : !requirements.areMetBy(counted | sent.awaited())) {
      verdict = Verdict.UNREACHABLE;
    }
  }

  /** Whether the answers are in doubt and somebody who missed nothing may answer as well. */
  private boolean isBetterExpected() {
    if (doubted == 0 || requirements.areMetBy(counted & ~doubted) || silence.countsHints()) {
      return false;
    }
    for (int rank = 0; rank < owners; rank++) {
      boolean awaited = (sent.awaited() & bit(rank)) != 0;
      if (awaited && !behind.test(preference.worker(rank)) && candidates.isConnected(rank)) {
        return true;
      }
    }
    return false;
  }

  /** Asks somebody who holds the newest version for its value, or else whoever was not asked. */
  private void fetchNewest(List<Ask> asks) {
    for (int rank = 0; rank < owners; rank++) {
      if (newest.equals(held[rank]) && !sent.wasAskedForValue(rank)) {
        asks.add(sent.send(rank, true));
        return;
      }
    }
    askAny(owners, asks);
  }

  /**
   * Asks one more owner, where that helps: for a requirement that cannot be met by all who were
   * asked, or else, when somebody is to be asked beside the silent, for one that is not met yet.
   */
  private boolean askNext(List<Ask> asks) {
    return askFor(counted | sent.awaited(), asks) || askFor(counted, asks);
  }

  /** An owner by the narrow requirement is one by the wide one too, so that comes first. */
  private boolean askFor(long ranks, List<Ask> asks) {
    Requirement narrow = requirements.narrow();
    Requirement wide = requirements.wide();
    return (!narrow.isMetBy(ranks) && askAny(narrow.owners(), asks))
        || (!wide.isMetBy(ranks) && askAny(wide.owners(), asks));
  }

  /**
   * Asks one more of the first {@code among}: the likely ones before the others. Of equals it is
   * the one next behind the coordinator by number, so that a coordinator asks few peers much
   * instead of all of them a little: what goes to one peer at a time goes in one message. Everybody
   * is asked as often as by rank.
   */
  private boolean askAny(int among, List<Ask> asks) {
    int next = NOBODY;
    int nextDoubts = Integer.MAX_VALUE;
    for (int rank = 0; rank < among; rank++) {
      boolean asked = (sent.asked() & bit(rank)) != 0;
      int doubts = asked ? Integer.MAX_VALUE : doubts(rank);
      if (doubts < nextDoubts
          || (!asked && doubts == nextDoubts && candidates.isNearer(rank, next))) {
        next = rank;
        nextDoubts = doubts;
      }
    }
    if (next == NOBODY) {
      return false;
    }
    boolean newestInHand = inHand.exists() && inHand.equals(newest);
    asks.add(sent.send(next, !sent.isValueUnderway() && !newestInHand));
    return true;
  }

  /** The more, the later it is asked: being away weighs most, and silence least. */
  private int doubts(int rank) {
    int away = candidates.isConnected(rank) ? 0 : 4;
    int late = behind.test(preference.worker(rank)) ? 2 : 0;
    return away + late + (candidates.isInReach(rank) ? 0 : 1);
  }
}
