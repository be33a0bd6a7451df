package dev.rondo.core.quorum;

import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * One read: asks R owners, one of them for the value and the others for its version, and knows when
 * the newest is in hand.
 *
 * <p>Each event returns the questions to ask because of it. An owner that fails is replaced by the
 * next one; an owner that lost its data and was not rebuilt yet does not count when it holds
 * nothing. When a version turns out to be newer than the value in hand, its value is asked for.
 */
public final class ReadRound {

  /** A question to one owner: for the whole record, or for its version alone. */
  public record Ask(int worker, boolean value) {}

  private final PreferenceList preference;
  private final int owners;
  private final int required;
  private final IntPredicate reachable;
  private final int self;
  private final Map<Integer, Version> held = new HashMap<>();
  private final Set<Ask> outstanding = new HashSet<>();
  private final Set<Ask> asked = new HashSet<>();
  private final Set<Integer> ignorant = new HashSet<>();
  private final Set<Ask> silent = new HashSet<>();
  private Version newest = Version.NONE;
  private Version inHand = Version.NONE;

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
  }

  /** How many owners can be asked, by what is known now. */
  public int available() {
    int available = 0;
    for (int rank = 0; rank < owners; rank++) {
      available += isWorthAsking(preference.worker(rank)) ? 1 : 0;
    }
    return available;
  }

  /** The questions to ask first. */
  public List<Ask> start() {
    List<Ask> asks = new ArrayList<>(required);
    if (preference.isOwner(self, owners)) {
      ask(new Ask(self, true), asks);
    }
    while (outstanding.size() < required && askNext(asks)) {
      // The next owner was asked.
    }
    return asks;
  }

  /**
   * An owner answered.
   *
   * @param version what it holds, NONE for nothing
   * @param counts false when it holds nothing because it lost its data
   */
  public List<Ask> answered(Ask ask, Version version, boolean counts) {
    outstanding.remove(ask);
    List<Ask> asks = new ArrayList<>(1);
    if (!counts) {
      ignorant.add(ask.worker());
      askNext(asks);
      return asks;
    }
    held.merge(ask.worker(), version, Version::max);
    newest = Version.max(newest, version);
    if (ask.value()) {
      inHand = Version.max(inHand, version);
    }
    fetchNewest(asks);
    return asks;
  }

  /** An owner did not answer, or could not. */
  public List<Ask> failed(Ask ask) {
    if (!outstanding.remove(ask)) {
      return List.of();
    }
    List<Ask> asks = new ArrayList<>(1);
    if (!askNext(asks)) {
      fetchNewest(asks);
    }
    return asks;
  }

  /** No verdict after the hedging delay: one more owner is asked for each that is silent. */
  public List<Ask> hedge() {
    List<Ask> asks = new ArrayList<>(1);
    silent.addAll(outstanding);
    for (int missing = outstanding.size(); missing > 0 && askNext(asks); missing--) {
      // One more owner was asked.
    }
    fetchNewest(asks);
    return asks;
  }

  /** What the answers so far mean. */
  public Verdict verdict() {
    if (held.size() >= required && inHand.equals(newest)) {
      return Verdict.REACHED;
    }
    return outstanding.isEmpty() ? Verdict.UNREACHABLE : Verdict.PENDING;
  }

  /** How many owners answered and count. */
  public int answers() {
    return held.size();
  }

  /** The latest version seen. */
  public Version newest() {
    return newest;
  }

  /** The owners known to hold less than the newest version, those that lost their data included. */
  public List<Integer> stale() {
    List<Integer> stale = new ArrayList<>(ignorant);
    held.forEach(
        (worker, version) -> {
          if (newest.isAfter(version)) {
            stale.add(worker);
          }
        });
    return newest.exists() ? stale : List.of();
  }

  /** Whether nothing is waited for any more. */
  public boolean isFinished() {
    return outstanding.isEmpty();
  }

  /** When enough answered but the newest value is not in hand, asks whoever holds it. */
  private void fetchNewest(List<Ask> asks) {
    if (held.size() < required || inHand.equals(newest) || isValueUnderway()) {
      return;
    }
    held.forEach(
        (worker, version) -> {
          Ask ask = new Ask(worker, true);
          if (asks.isEmpty() && version.equals(newest) && !asked.contains(ask)) {
            ask(ask, asks);
          }
        });
  }

  /** Asks one more owner: the reachable ones in order, then the others. */
  private boolean askNext(List<Ask> asks) {
    for (boolean likely : new boolean[] {true, false}) {
      for (int rank = 0; rank < owners; rank++) {
        int worker = preference.worker(rank);
        if (isWorthAsking(worker) == likely && !wasAsked(worker)) {
          boolean value = !isValueUnderway() && !inHand.exists();
          ask(new Ask(worker, value), asks);
          return true;
        }
      }
    }
    return false;
  }

  /** Whether somebody who was not found silent yet is about to send a value. */
  private boolean isValueUnderway() {
    return outstanding.stream().anyMatch(ask -> ask.value() && !silent.contains(ask));
  }

  private boolean isWorthAsking(int worker) {
    return worker == self || reachable.test(worker);
  }

  private boolean wasAsked(int worker) {
    return asked.contains(new Ask(worker, true)) || asked.contains(new Ask(worker, false));
  }

  private void ask(Ask ask, List<Ask> asks) {
    asked.add(ask);
    outstanding.add(ask);
    asks.add(ask);
  }
}
