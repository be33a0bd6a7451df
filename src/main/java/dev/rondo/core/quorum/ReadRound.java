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
 * next one; an owner that lost its data and was not rebuilt yet does not count. When a version
 * turns out to be newer than the value in hand, its value is asked for, after the verdict as well:
 * the owners that lack it are to be repaired with it.
 *
 * <p>There is one round for every read, so it counts in bits: bit <i>r</i> of a mask stands for the
 * owner at rank <i>r</i> of the preference list.
 */
public final class ReadRound {

  /** A question to one owner: for the whole record, or for its version alone. */
  public record Ask(int worker, boolean value) {}

  private final PreferenceList preference;
  private final int owners;
  private final int required;
  private final int self;
  private final IntPredicate reachable;

  /** What each owner answered, by rank; null where it did not. */
  private final @Nullable Version[] held;

  // Owners whose answer counts towards R.
  private long counted;
  // Owners that were ever asked for the whole record or for the version, and who owes that still.
  private long valueAsked;
  private long digestAsked;
  private long valueAwaited;
  private long digestAwaited;

  /** Owners that owed the whole record at the hedging delay: nobody waits for them alone. */
  private long silent;

  private Version newest = Version.NONE;
  private Version inHand = Version.NONE;
  private Verdict verdict = Verdict.PENDING;

  /**
   * A round that has not started.
   *
   * @param owners N
   * @param required R, 1 to N
   * @param self the coordinator, asked first when it is an owner
   * @param reachable whether a worker is worth asking now; the others are asked last
   */
  public ReadRound(
      PreferenceList preference, int owners, int required, int self, IntPredicate reachable) {
    this.preference = preference;
    this.owners = owners;
    this.required = required;
    this.self = self;
    this.reachable = reachable;
    this.held = new @Nullable Version[owners];
  }

  /** How many owners can be asked, by what is known now. */
  public int available() {
    int available = 0;
    for (int rank = 0; rank < owners; rank++) {
      available += isWorthAsking(rank) ? 1 : 0;
    }
    return available;
  }

  /** The questions to ask first. */
  public List<Ask> start() {
    List<Ask> asks = new ArrayList<>(required);
    int own = preference.rankOf(self);
    if (own >= 0 && own < owners) {
      asks.add(ask(own, true));
    }
    while (asks.size() < required && askNext(asks)) {
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
    settle(ask);
    int rank = preference.rankOf(ask.worker());
    Version before = held[rank];
    held[rank] = before == null ? version : Version.max(before, version);
    newest = Version.max(newest, version);
    if (ask.value()) {
      inHand = Version.max(inHand, version);
    }
    if (counts) {
      counted |= bit(rank);
    }
    return proceed(counts ? 0 : 1);
  }

  /** An owner did not answer, or could not. */
  public List<Ask> failed(Ask ask) {
    return settle(ask) ? proceed(1) : List.of();
  }

  /** No verdict after the hedging delay: one more owner is asked for each that is silent. */
  public List<Ask> hedge() {
    silent |= valueAwaited;
    return proceed(Long.bitCount(valueAwaited | digestAwaited));
  }

  /** What the answers so far mean; final once it is not {@link Verdict#PENDING}. */
  public Verdict verdict() {
    return verdict;
  }

  /** How many owners answered and count. */
  public int answers() {
    return Long.bitCount(counted);
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
    return (valueAwaited | digestAwaited) == 0;
  }

  /** Asks for what is missing: {@code replacements} for owners without an answer, or the value. */
  private List<Ask> proceed(int replacements) {
    List<Ask> asks = List.of();
    if (answers() < required) {
      asks = new ArrayList<>(replacements);
      while (asks.size() < replacements && askNext(asks)) {
        // The next owner was asked.
      }
    } else if (!inHand.equals(newest) && !isValueUnderway()) {
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
    boolean enough = answers() >= required;
    if (enough && inHand.equals(newest)) {
      verdict = Verdict.REACHED;
    } else if (enough
        ? isFinished()
        : Long.bitCount(counted | valueAwaited | digestAwaited) < required) {
      verdict = Verdict.UNREACHABLE;
    }
  }

  /** Asks somebody who holds the newest version for its value, or else whoever was not asked. */
  private void fetchNewest(List<Ask> asks) {
    for (int rank = 0; rank < owners; rank++) {
      if (newest.equals(held[rank]) && (valueAsked & bit(rank)) == 0) {
        asks.add(ask(rank, true));
        return;
      }
    }
    askNext(asks);
  }

  /** Asks one more owner: the reachable ones in order, then the others. */
  private boolean askNext(List<Ask> asks) {
    int next = nextUnasked(true);
    next = next == -1 ? nextUnasked(false) : next;
    if (next == -1) {
      return false;
    }
    boolean newestInHand = inHand.exists() && inHand.equals(newest);
    asks.add(ask(next, !isValueUnderway() && !newestInHand));
    return true;
  }

  private int nextUnasked(boolean likely) {
    for (int rank = 0; rank < owners; rank++) {
      boolean asked = ((valueAsked | digestAsked) & bit(rank)) != 0;
      if (!asked && isWorthAsking(rank) == likely) {
        return rank;
      }
    }
    return -1;
  }

  private boolean isValueUnderway() {
    return (valueAwaited & ~silent) != 0;
  }

  private boolean isWorthAsking(int rank) {
    int worker = preference.worker(rank);
    return worker == self || reachable.test(worker);
  }

  private Ask ask(int rank, boolean value) {
    if (value) {
      valueAsked |= bit(rank);
      valueAwaited |= bit(rank);
    } else {
      digestAsked |= bit(rank);
      digestAwaited |= bit(rank);
    }
    return new Ask(preference.worker(rank), value);
  }

  /** Stops waiting for the answer; returns whether it was waited for. */
  private boolean settle(Ask ask) {
    long owner = bit(preference.rankOf(ask.worker()));
    boolean waited = ((ask.value() ? valueAwaited : digestAwaited) & owner) != 0;
    if (ask.value()) {
      valueAwaited &= ~owner;
    } else {
      digestAwaited &= ~owner;
    }
    return waited;
  }
}
