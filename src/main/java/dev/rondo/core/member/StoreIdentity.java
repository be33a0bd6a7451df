package dev.rondo.core.member;

import dev.rondo.core.record.Bytes;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds out whether a store that does not know its own past is new, or stands in the place of one
 * that was lost, from what the other members remember.
 *
 * <p>Every member remembers under which store id it knew each other one. A single member that knew
 * this worker under another id proves the loss. That nobody did counts once a majority of the
 * <em>other</em> members has answered: a lost store was once identified by such a majority too, and
 * two of them have a member in common, also where two stores were lost at the same time. Where so
 * many do not come in good time, a majority that includes this worker has to do, so that a new
 * cluster can begin while one machine is missing.
 */
public final class StoreIdentity {

  /** What is known of the store. */
  public enum Verdict {
    /** Too few members have answered. */
    PENDING,
    /** Nobody ever knew this worker. */
    NEW,
    /** The cluster knew this worker with other data, which is gone. */
    LOST
  }

  private final int self;
  private final Bytes own;
  private final Set<Integer> answered = new HashSet<>();
  private boolean lost;

  /** The worker {@code self} has the store {@code own}. */
  public StoreIdentity(int self, Bytes own) {
    this.self = self;
    this.own = own;
  }

  /** A member knew this worker under the store {@code known}; EMPTY for never. */
  public void answered(int member, Bytes known) {
    answered.add(member);
    lost |= isOther(known);
  }

  /** Whether {@code known} names another store than this worker's present one. */
  public boolean isOther(Bytes known) {
    return known.length() > 0 && !known.equals(own);
  }

  /**
   * The verdict among {@code members}; nobody else has a say in what is new.
   *
   * @param waitedLong whether the others have had their time to answer
   */
  public Verdict verdict(Set<Integer> members, boolean waitedLong) {
    if (lost) {
      return Verdict.LOST;
    }
    long others = members.stream().filter(id -> id != self).count();
    long heard = members.stream().filter(id -> id != self && answered.contains(id)).count();
    boolean enough = others == 0 || 2 * heard > others;
    boolean barelyEnough = 2 * (heard + 1) > others + 1;
    return enough || (waitedLong && barelyEnough) ? Verdict.NEW : Verdict.PENDING;
  }
}
