package dev.rondo.core.quorum;

import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * One stamped write, from its first copy to its last.
 *
 * <p>Copies go to all N owners at once. An owner that is out of reach gets its copy as a hint, kept
 * by the next reachable worker behind the owners; where there is none, by the coordinator. The
 * write is acknowledged as soon as W distinct workers hold it durably. Hints count only where the
 * owners alone cannot make W, because then the next read of R owners meets the write more surely;
 * and a hint at a worker that owns the key anyway never counts.
 *
 * <p>Every event returns the copies to send because of it. After the verdict the round goes on
 * (latent replication) until {@link #isFinished}.
 */
public final class WriteRound {

  private final PreferenceList preference;
  private final int owners;
  private final int required;
  private final boolean sloppy;
  private final int self;
  private final IntPredicate reachable;
  private final Set<Copy> outstanding = new HashSet<>();
  private final Set<Integer> holders = new HashSet<>();
  private final Set<Integer> standIns = new HashSet<>();
  private final Set<Integer> hintedOwners = new HashSet<>();
  private final Set<Copy> tried = new HashSet<>();
  private Version newest = Version.NONE;
  private boolean hintsCount;

  /**
   * A round that has not started.
   *
   * @param owners N
   * @param required W, 1 to N
   * @param sloppy whether hints count at all
   * @param self the coordinator, one of the owners
   * @param reachable whether a worker is worth sending to now
   */
  public WriteRound(
      PreferenceList preference,
      int owners,
      int required,
      boolean sloppy,
      int self,
      IntPredicate reachable) {
    this.preference = preference;
    this.owners = owners;
    this.required = required;
    this.sloppy = sloppy;
    this.self = self;
    this.reachable = worker -> worker == self || reachable.test(worker);
  }

  /** How many distinct workers could hold the write and count, by what is known before sending. */
  public int available() {
    int eligible = sloppy ? preference.size() : owners;
    int available = 0;
    for (int rank = 0; rank < eligible; rank++) {
      available += reachable.test(preference.worker(rank)) ? 1 : 0;
    }
    return Math.min(available, owners);
  }

  /** The copies to send first. */
  public List<Copy> start() {
    List<Copy> copies = new ArrayList<>(owners);
    for (int rank = 0; rank < owners; rank++) {
      int owner = preference.worker(rank);
      if (reachable.test(owner)) {
        send(new Copy(owner, owner), copies);
      } else {
        hint(owner, copies);
      }
    }
    hintsCount = !ownersMaySuffice();
    return copies;
  }

  /** A copy is durable at its holder. */
  public List<Copy> stored(Copy copy) {
    outstanding.remove(copy);
    if (!copy.isHint()) {
      holders.add(copy.holder());
    } else if (!preference.isOwner(copy.holder(), owners)) {
      standIns.add(copy.holder());
    }
    return List.of();
  }

  /** The holder has a later version already. */
  public List<Copy> newer(Copy copy, Version theirs) {
    outstanding.remove(copy);
    newest = Version.max(newest, theirs);
    return List.of();
  }

  /** A copy was refused, or did not arrive, or its answer did not come in time. */
  public List<Copy> failed(Copy copy) {
    if (!outstanding.remove(copy)) {
      return List.of();
    }
    List<Copy> copies = new ArrayList<>(1);
    if (copy.isHint()) {
      hintedOwners.remove(copy.owner());
    }
    hint(copy.owner(), copies);
    hintsCount |= !ownersMaySuffice();
    return copies;
  }

  /** No verdict after the hedging delay: owners that are silent get hints beside their copies. */
  public List<Copy> hedge() {
    hintsCount = true;
    List<Copy> copies = new ArrayList<>(1);
    for (Copy copy : List.copyOf(outstanding)) {
      if (sloppy && !copy.isHint() && copy.holder() != self) {
        hint(copy.owner(), copies);
      }
    }
    return copies;
  }

  /** What the answers so far mean. */
  public Verdict verdict() {
    if (replicas() >= required) {
      return Verdict.REACHED;
    }
    if (newest.exists()) {
      return Verdict.SUPERSEDED;
    }
    return replicas() + pending() < required ? Verdict.UNREACHABLE : Verdict.PENDING;
  }

  /** The distinct workers that hold the write durably and count. */
  public int replicas() {
    return holders.size() + hinted();
  }

  /** How many of {@link #replicas} are stand-ins. */
  public int hinted() {
    return sloppy && hintsCount ? standIns.size() : 0;
  }

  /** Owners and stand-ins that hold the write durably, counted or not. */
  public int copies() {
    return holders.size() + standIns.size();
  }

  /** Whether every owner has it. */
  public boolean isFullyReplicated() {
    return holders.size() == owners;
  }

  /** The latest version that a replica reported instead of storing; NONE where none did. */
  public Version newest() {
    return newest;
  }

  /** Whether the copy is still waited for. */
  public boolean isOutstanding(Copy copy) {
    return outstanding.contains(copy);
  }

  /** Whether nothing is waited for any more. */
  public boolean isFinished() {
    return outstanding.isEmpty();
  }

  /** The distinct workers that do not count yet and still may. */
  private int pending() {
    Set<Integer> pending = new HashSet<>();
    for (Copy copy : outstanding) {
      boolean counts = !copy.isHint() || (sloppy && !preference.isOwner(copy.holder(), owners));
      if (counts && !holders.contains(copy.holder()) && !standIns.contains(copy.holder())) {
        pending.add(copy.holder());
      }
    }
    return pending.size() + (hintsCount || !sloppy ? 0 : standIns.size());
  }

  private boolean ownersMaySuffice() {
    long underway = outstanding.stream().filter(copy -> !copy.isHint()).count();
    return holders.size() + underway >= required;
  }

  /** Gives the owner's copy to the next holder that was not tried, if there is any. */
  private void hint(int owner, List<Copy> copies) {
    if (!hintedOwners.add(owner)) {
      return;
    }
    for (int rank = owners; rank < preference.size(); rank++) {
      int standIn = preference.worker(rank);
      Copy hint = new Copy(standIn, owner);
      if (reachable.test(standIn) && !tried.contains(hint) && isFree(standIn)) {
        send(hint, copies);
        return;
      }
    }
    for (int rank = owners; rank < preference.size(); rank++) {
      Copy hint = new Copy(preference.worker(rank), owner);
      if (reachable.test(hint.holder()) && !tried.contains(hint)) {
        send(hint, copies);
        return;
      }
    }
    Copy own = new Copy(self, owner);
    if (owner != self && !tried.contains(own)) {
      send(own, copies);
    }
  }

  /** Whether the stand-in holds no hint of this write yet: two hints at one count once. */
  private boolean isFree(int standIn) {
    return tried.stream().noneMatch(copy -> copy.holder() == standIn);
  }

  private void send(Copy copy, List<Copy> copies) {
    tried.add(copy);
    outstanding.add(copy);
    copies.add(copy);
  }
}
