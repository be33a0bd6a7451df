package dev.rondo.core.purge;

import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import dev.rondo.core.merkle.RingCut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of one worker, under one settled state, that no value older than a tombstone is left
 * anywhere. Per arc of the ring it knows a time: tombstones made up to then are <em>ripe</em>. They
 * may be purged once they are ripe at all owners of the arc.
 *
 * <p>An arc's time moves to B - fresh when all of this was so, in this order:
 *
 * <ol>
 *   <li>with every other owner an exchange that began at B or later has ended equal, so that each
 *       owner held what this worker held at B, or newer;
 *   <li>after that every member, asked, held no hint and no copy that it does not own, and was fit;
 *       the owners had not started since the exchange began (a start may forget what was not
 *       synced);
 *   <li>for the time of the hold nothing happened to this worker's evidence; messages from before
 *       have arrived;
 *   <li>every member, asked once more, said the same.
 * </ol>
 *
 * <p>Times are of two clocks, as in every name: the time by which versions are made, and one that
 * is never set. Tombstones that came to this worker late are not its business: whoever purges must
 * leave alone what has not been held since {@link Ripe#sinceMillis}.
 */
public final class PurgeLedger {

  /**
   * A copy of a write that is older is not taken any more, and no write is under way for so long.
   */
  public static final long FRESH_MILLIS = 120_000;

  /** How long evidence has to stand. */
  public static final long HOLD_MILLIS = 120_000;

  /** What the times of a cluster may differ, and then some. */
  private static final long TIMES_MILLIS = 1_000;

  private final int self;
  private final long freshMillis;
  private final long holdMillis;
  private final RingCut cut;
  private final Set<Integer> members;
  private final List<ArcState> arcs = new ArrayList<>();
  private final Map<Long, ArcState> byEnd = new HashMap<>();
  private final Map<Integer, Clearance> clearances = new HashMap<>();

  /** No evidence yet, for a settled state. */
  public PurgeLedger(int self, Topology topology, long freshMillis, long holdMillis) {
    this.self = self;
    this.freshMillis = freshMillis;
    this.holdMillis = holdMillis;
    this.cut = RingCut.of(topology.ring());
    this.members =
        topology.state().members().stream()
            .map(Member::id)
            .collect(Collectors.toCollection(TreeSet::new));
    int owners = topology.state().ownersMax();
    for (int arc : cut.arcs(list -> list.isOwner(self, owners))) {
      ArcState state =
          new ArcState(arc, topology.ring().preferenceList((int) cut.to(arc)).owners(owners));
      arcs.add(state);
      byEnd.put(cut.to(arc), state);
    }
  }

  /** An exchange between this worker and a peer. */
  private record Evidence(long beganTime, long beganMillis, long endedMillis) {}

  /** Evidence that has to stand for a while. */
  private record Pending(long time, long sinceMillis, long readyMillis) {}

  private static final class ArcState {
    private final int arc;
    private final List<Integer> owners;
    private final Map<Integer, Evidence> evidence = new HashMap<>();
    private @Nullable Pending pending;
    private long ripe;
    private long since;
    private Obstacle obstacle = Obstacle.EXCHANGE;

    ArcState(int arc, List<Integer> owners) {
      this.arc = arc;
      this.owners = owners;
    }
  }

  /**
   * Tombstones of an arc that may go.
   *
   * @param from the position before the arc, which goes to {@code to}, over the end of the ring if
   *     need be
   * @param ripe those made up to then are ripe here
   * @param purge those made up to then are ripe at all owners
   * @param sinceMillis only what has been held here since before this time
   */
  public record Ripe(long from, long to, long ripe, long purge, long sinceMillis) {}

  /** An exchange with an owner has ended equal in the arc that ends at {@code to}. */
  public void exchanged(int peer, long to, long beganTime, long beganMillis, long endedMillis) {
    ArcState state = byEnd.get(to);
    if (state != null) {
      state.evidence.put(peer, new Evidence(beganTime, beganMillis, endedMillis));
    }
  }

  /** A member, this one included, has answered; null when it did not. */
  public void cleared(int member, @Nullable Clearance clearance) {
    if (clearance == null) {
      clearances.remove(member);
    } else {
      clearances.put(member, clearance);
    }
  }

  /** Where the ring is cut. */
  public RingCut cut() {
    return cut;
  }

  /** Draws conclusions. */
  public void advance(long nowTime, long nowMillis) {
    for (ArcState state : arcs) {
      Pending pending = state.pending;
      if (pending == null) {
        state.pending = candidate(state, nowTime, nowMillis);
      } else if (nowMillis >= pending.readyMillis() && stands(state, pending)) {
        state.ripe = pending.time() - freshMillis;
        state.since = pending.sinceMillis();
        state.pending = null;
      }
    }
  }

  private @Nullable Pending candidate(ArcState state, long nowTime, long nowMillis) {
    long time = nowTime;
    long since = nowMillis;
    long ended = Long.MIN_VALUE;
    for (int owner : state.owners) {
      Evidence evidence = state.evidence.get(owner);
      if (owner == self) {
        continue;
      }
      if (evidence == null || hasStartedSince(owner, evidence.beganTime())) {
        state.obstacle = Obstacle.EXCHANGE;
        return null;
      }
      time = Math.min(time, evidence.beganTime());
      since = Math.min(since, evidence.beganMillis());
      ended = Math.max(ended, evidence.endedMillis());
    }
    if (state.owners.size() == 1) {
      // Nobody to exchange with: what the members say must come after what is here now.
      Clearance own = clearances.get(self);
      since = own == null ? nowMillis : own.askedMillis() - 1;
      time = nowTime - (nowMillis - since);
      ended = since;
    }
    if (time - freshMillis <= state.ripe) {
      state.obstacle = Obstacle.EXCHANGE;
      return null;
    }
    Obstacle standing = standing(ended);
    state.obstacle = standing == null ? Obstacle.HOLD : standing;
    return standing == null ? new Pending(time, since, nowMillis + holdMillis) : null;
  }

  private boolean stands(ArcState state, Pending pending) {
    Obstacle standing = standing(pending.readyMillis());
    for (int owner : state.owners) {
      if (standing == null && owner != self && hasStartedSince(owner, pending.time())) {
        state.pending = null;
        standing = Obstacle.EXCHANGE;
      }
    }
    state.obstacle = standing == null ? Obstacle.OWNERS : standing;
    return standing == null;
  }

  private boolean hasStartedSince(int owner, long time) {
    Clearance said = clearances.get(owner);
    return said != null && said.startedMillis() + TIMES_MILLIS >= time;
  }

  /** What stands in the way by what the members said after a moment; null for nothing. */
  private @Nullable Obstacle standing(long afterMillis) {
    Obstacle worst = null;
    for (int member : members) {
      Clearance said = clearances.get(member);
      if (said == null || !said.fit() || said.askedMillis() <= afterMillis) {
        return Obstacle.MEMBER;
      }
      if (said.hints() > 0) {
        worst = Obstacle.HINTS;
      } else if (!said.clean() && worst == null) {
        worst = Obstacle.SURPLUS;
      }
    }
    return worst;
  }

  /** What is ripe, of each arc that has anything ripe. */
  public List<Ripe> ripe() {
    List<Ripe> ripe = new ArrayList<>();
    for (ArcState state : arcs) {
      if (state.ripe > 0) {
        ripe.add(
            new Ripe(
                cut.from(state.arc), cut.to(state.arc), state.ripe, purge(state), state.since));
      }
    }
    return ripe;
  }

  private long purge(ArcState state) {
    long purge = state.ripe;
    for (int owner : state.owners) {
      if (owner != self) {
        Clearance said = clearances.get(owner);
        purge = Math.min(purge, said == null ? 0 : ripe(said, state.arc));
      }
    }
    return purge;
  }

  private long ripe(Clearance said, int arc) {
    return said.fit() && said.ripe().size() == cut.arcs() ? said.ripe().get(arc) : 0;
  }

  /**
   * For each arc of the ring up to which time tombstones are ripe there; 0 for none. An arc to
   * which tombstones came late has none for the others: they would purge what is sent to them anew.
   *
   * @param late when the last late one came to an arc, by the clock that is never set
   */
  public List<Long> ripeByArc(IntToLongFunction late) {
    Long[] times = new Long[cut.arcs()];
    Arrays.fill(times, 0L);
    for (ArcState state : arcs) {
      times[state.arc] = late.applyAsLong(state.arc) < state.since ? state.ripe : 0;
    }
    return List.of(times);
  }

  /** How many arcs of this worker wait for what. */
  public Map<Obstacle, Integer> obstacles() {
    Map<Obstacle, Integer> counts = new EnumMap<>(Obstacle.class);
    arcs.forEach(
        state ->
            counts.merge(state.pending == null ? state.obstacle : Obstacle.HOLD, 1, Integer::sum));
    return counts;
  }
}
