package dev.rondo.core.quorum;

import static dev.rondo.core.quorum.SentCopies.bit;

import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.List;

/**
 * One stamped write, from its first copy to its last.
 *
 * <p>Copies go to all N owners at once. An owner that is out of reach gets its copy as a hint, kept
 * by the next reachable worker behind the owners; where there is none, by the coordinator. The
 * write is acknowledged as soon as W distinct workers hold it durably. Hints count only where the
 * owners alone cannot make W, because then the next read of R owners meets the write more surely;
 * and a hint at a worker that owns the key anyway never counts.
 *
 * <p>While the quorums change, W and N are two numbers each, and the write satisfies both: copies
 * go to the owners under the larger N, a stand-in is a worker behind all of these, and it counts
 * towards a requirement only with a hint for one of that requirement's own owners, since no other
 * will ever be delivered to them.
 *
 * <p>Every event returns the copies to send because of it. After the verdict, which is final, the
 * round goes on (latent replication) until {@link #isFinished}. It counts in bits: bit <i>r</i> of
 * a mask stands for the worker at rank <i>r</i> of the preference list.
 */
public final class WriteRound {

  private static final int NOBODY = -1;

  private final Requirements requirements;
  private final Requirement narrow;
  private final Requirement wide;
  private final int owners;
  private final int ranks;
  private final boolean sloppy;
  private final int self;
  private final Candidates candidates;
  private final SentCopies sent;

  // Owners that hold the write; that hold it or a later one; whose hint was taken or may be.
  private long durable;
  private long served;
  private long hinted;

  // Stand-ins that hold a hint for any owner, and for an owner by the narrow requirement.
  private long standIns;
  private long narrowStandIns;

  // Whether hints count towards each requirement.
  private final Silence silence = new Silence();
  private boolean hintsCount;
  private boolean narrowHintsCount;
  private Version newest = Version.NONE;
  private Verdict verdict = Verdict.PENDING;

  /**
   * A round that has not started.
   *
   * @param requirements W of N
   * @param sloppy whether hints count at all
   * @param self the coordinator, one of the owners
   * @param reach which workers are worth sending to now
   */
  public WriteRound(
      PreferenceList preference, Requirements requirements, boolean sloppy, int self, Reach reach) {
    this.requirements = requirements;
    this.narrow = requirements.narrow();
    this.wide = requirements.wide();
    this.owners = wide.owners();
    this.ranks = Math.min(preference.size(), Long.SIZE);
    this.sloppy = sloppy;
    this.self = preference.rankOf(self);
    this.candidates = new Candidates(preference, requirements, self, reach);
    this.sent = new SentCopies(preference, owners);
    if (!preference.isOwner(self, owners)) {
      throw new IllegalArgumentException("worker " + self + " does not own the key it coordinates");
    }
  }

  /** Whether the requirements can be met, by what is known before sending. */
  public boolean isPossible() {
    return candidates.suffice(sloppy);
  }

  /** Of two requirements, the one that has fewer workers in reach to spare. */
  public Requirement scarcest() {
    return candidates.scarcest(sloppy);
  }

  /** How many distinct workers in reach could count towards {@link #scarcest}. */
  public int available() {
    return candidates.available(sloppy);
  }

  /** The copies to send first. */
  public List<Copy> start() {
    List<Copy> copies = new ArrayList<>(owners);
    for (int owner = 0; owner < owners; owner++) {
      if (candidates.isCandidate(owner)) {
        copies.add(sent.send(owner, owner));
      } else {
        hint(owner, copies);
      }
    }
    judge();
    return copies;
  }

  /** A copy is durable at its holder. */
  public List<Copy> stored(Copy copy) {
    sent.settle(copy);
    long holder = bit(sent.holder(copy));
    if (!copy.isHint()) {
      durable |= holder;
      served |= holder;
    } else if ((holder & wide.ranks()) == 0) {
      standIns |= holder;
      narrowStandIns |= sent.owner(copy) < narrow.owners() ? holder : 0;
    }
    judge();
    return List.of();
  }

  /** The holder has a later version already. */
  public List<Copy> newer(Copy copy, Version theirs) {
    sent.settle(copy);
    served |= bit(sent.owner(copy));
    newest = Version.max(newest, theirs);
    judge();
    return List.of();
  }

  /** A copy was refused, or did not arrive, or its answer did not come in time. */
  public List<Copy> failed(Copy copy) {
    if (!sent.settle(copy)) {
      return List.of();
    }
    int owner = sent.owner(copy);
    if (copy.isHint()) {
      hinted &= ~bit(owner);
    }
    List<Copy> copies = new ArrayList<>(1);
    // What is superseded is about to be written again, later: its hints would be in vain.
    if (verdict != Verdict.SUPERSEDED && (served & bit(owner)) == 0) {
      hint(owner, copies);
    }
    sendToSilent(copies);
    judge();
    return copies;
  }

  /** No verdict after so many hedging delays more, and nothing may be sent for it. */
  public void keepWaiting(int delays) {
    silence.lasts(delays);
    hintsCount |= silence.countsHints();
    narrowHintsCount |= silence.countsHints();
    judge();
  }

  /** The same where somebody else may be asked: in the end silent owners get hints as well. */
  public List<Copy> hedge(int delays) {
    keepWaiting(delays);
    List<Copy> copies = new ArrayList<>(1);
    boolean hints = sloppy && silence.leavesHints();
    for (int owner = 0; hints && owner < owners; owner++) {
      if (owner != self && sent.isOutstanding(owner, owner)) {
        hint(owner, copies);
      }
    }
    judge();
    return copies;
  }

  /** What the answers so far mean; final once it is not {@link Verdict#PENDING}. */
  public Verdict verdict() {
    return verdict;
  }

  /** The distinct workers that hold the write durably and count. */
  public int replicas() {
    return Long.bitCount(durable) + hinted();
  }

  /** How many of {@link #replicas} are stand-ins. */
  public int hinted() {
    return sloppy && (hintsCount || narrowHintsCount) ? Long.bitCount(standIns) : 0;
  }

  /** Of two requirements, the one that lacks more. */
  public Requirement lacking() {
    return requirements.farthest(counted(narrow), counted(wide));
  }

  /** How many workers hold the write durably and count towards {@link #lacking}. */
  public int confirmed() {
    return counted(lacking());
  }

  /** Owners and stand-ins that hold the write durably, counted or not. */
  public int copies() {
    return Long.bitCount(durable | standIns);
  }

  /** Whether every owner has it. */
  public boolean isFullyReplicated() {
    return Long.bitCount(durable) == owners;
  }

  /** The latest version that a replica reported instead of storing; NONE where none did. */
  public Version newest() {
    return newest;
  }

  /** Whether nothing is waited for any more. */
  public boolean isFinished() {
    return sent.awaitedHolders(owners) == 0;
  }

  /**
   * Owners that were passed over for their silence get their copies after all where the others
   * cannot make it: who is slow would be read before its hint is delivered.
   */
  private void sendToSilent(List<Copy> copies) {
    boolean needed = !requirements.areMetBy(durable | sent.awaitedOwners());
    for (int owner = 0; needed && verdict == Verdict.PENDING && owner < owners; owner++) {
      if (!sent.wasTried(owner, owner) && candidates.isConnected(owner)) {
        copies.add(sent.send(owner, owner));
      }
    }
  }

  private void judge() {
    if (verdict != Verdict.PENDING) {
      return;
    }
    long owning = durable | sent.awaitedOwners();
    narrowHintsCount |= !narrow.isMetBy(owning);
    hintsCount |= !wide.isMetBy(owning);
    if (newest.exists()) {
      verdict = Verdict.SUPERSEDED;
    } else if (counted(narrow) >= narrow.required() && counted(wide) >= wide.required()) {
      verdict = Verdict.REACHED;
    } else if (possible(narrow, owning) < narrow.required()
        || possible(wide, owning) < wide.required()) {
      verdict = Verdict.UNREACHABLE;
    }
  }

  /** How many workers hold the write and count towards the requirement. */
  private int counted(Requirement requirement) {
    boolean theirsCount = requirement.owners() == narrow.owners() ? narrowHintsCount : hintsCount;
    return requirement.countOf(durable)
        + (sloppy && theirsCount ? Long.bitCount(standIns(requirement)) : 0);
  }

  /** How many workers hold the write or still may, where {@code owning} are owners. */
  private int possible(Requirement requirement, long owning) {
    long asked = sent.awaitedHolders(requirement.owners()) & ~wide.ranks();
    return requirement.countOf(owning)
        + (sloppy ? Long.bitCount(standIns(requirement) | asked) : 0);
  }

  private long standIns(Requirement requirement) {
    return requirement.owners() == narrow.owners() ? narrowStandIns : standIns;
  }

  /** Gives the owner's copy to the next holder that was not tried, if there is any. */
  private void hint(int owner, List<Copy> copies) {
    int holder = (hinted & bit(owner)) == 0 ? nextHolder(owner) : NOBODY;
    if (holder != NOBODY) {
      hinted |= bit(owner);
      copies.add(sent.send(holder, owner));
    }
  }

  /** A stand-in without a copy of this write, else one with (both count once), else ourselves. */
  private int nextHolder(int owner) {
    int sharing = NOBODY;
    for (int rank = owners; rank < ranks; rank++) {
      boolean candidate = !sent.wasTried(rank, owner) && candidates.isCandidate(rank);
      if (candidate && !sent.wasUsed(rank)) {
        return rank;
      }
      sharing = candidate && sharing == NOBODY ? rank : sharing;
    }
    boolean selfTried = owner == self || sent.wasTried(self, owner);
    return sharing != NOBODY || selfTried ? sharing : self;
  }
}
