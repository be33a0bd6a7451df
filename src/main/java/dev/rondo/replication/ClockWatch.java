package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Fitness;
import dev.rondo.core.purge.PurgeLedger;
import dev.rondo.core.version.TimeAccord;
import dev.rondo.core.version.Version;
import dev.rondo.time.NodeClock;
import dev.rondo.wire.PeerState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares this worker's clocks with its peers', and judges versions by what it knows. */
final class ClockWatch {

  private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);

  /** An estimate is off by at most half the round trip; slower ones are useless. */
  private static final long ROUND_TRIP_MILLIS_MAX = 200;

  /** Changes below this are not worth telling. */
  private static final long NEWS_MILLIS = 20;

  private final long maxDriftMillis;
  private final Bus bus;
  private final NodeClock clock;
  private TimeAccord accord;
  private NodeClock.Steps seen;
  private Fitness.Finding.Clock told = new Fitness.Finding.Clock(false, 0);
  private boolean convicted;
  private boolean speaking;

  ClockWatch(long maxDriftMillis, Bus bus, NodeClock clock) {
    this.maxDriftMillis = maxDriftMillis;
    this.bus = bus;
    this.clock = clock;
    this.accord = new TimeAccord(maxDriftMillis, Transport.millis());
    this.seen = clock.look();
  }

  /** Goes on with what another generation has compared and told. */
  void resume(PeerState.Clock before) {
    accord = before.accord();
    seen = before.seen();
    told = before.told();
    convicted = before.convicted();
  }

  /** Tells the node from now on. */
  void speak() {
    speaking = true;
    review();
  }

  /** Tells nothing any more; what another generation goes on with. */
  PeerState.Clock giveUp() {
    speaking = false;
    return new PeerState.Clock(accord, seen, told, convicted);
  }

  /** What this worker's own clocks show. */
  PeerClocks own() {
    return new PeerClocks(clock.wallMillis(), clock.millis(), clock.trust().sound());
  }

  /** The peer read its clocks at some moment since {@code sentMillis} on a steady clock. */
  void compare(int peer, PeerClocks theirs, long sentMillis) {
    keepUp();
    long roundTrip = Transport.millis() - sentMillis;
    if (roundTrip <= ROUND_TRIP_MILLIS_MAX) {
      PeerClocks ours = own();
      long since = roundTrip / 2;
      accord.observed(
          peer,
          theirs.wallMillis() + since - ours.wallMillis(),
          theirs.timeMillis() + since - ours.timeMillis(),
          theirs.agreed());
    }
    review();
  }

  /** The peer is no member any more. */
  void forget(int peer) {
    accord.forget(peer);
    review();
  }

  /** There are so many members now, this worker included. */
  void follow(int count) {
    accord.follow(count);
    review();
  }

  /** Looks at the clocks again; at least every second. */
  void review() {
    keepUp();
    accord.judge(Transport.millis());
    if (speaking) {
      adopt();
      clock.judged(new NodeClock.Trust(accord.isTimeSound(), accord.trustedAheadMillis()));
      tell();
    }
  }

  /** Learns of steps that the clocks have made. */
  private void keepUp() {
    NodeClock.Steps now = clock.look();
    long leap = now.leaptMillis() - seen.leaptMillis();
    if (leap != 0) {
      accord.leapt(leap, Transport.millis());
    }
    accord.moved(now.movedMillis() - seen.movedMillis());
    seen = now;
  }

  private void adopt() {
    long ahead = accord.adoption();
    if (ahead != 0) {
      log.info("Stamping by the time of the peers from now on aheadMillis={}", ahead);
      clock.move(ahead);
      keepUp();
      accord.judge(Transport.millis());
    }
  }

  /** Whether a version lies too far in the future to be taken in. */
  boolean isTooFarAhead(Version version) {
    return version.millis() - trustedMillis() > maxDriftMillis;
  }

  /** Whether a write is so old, by the peers' clocks, that no copy of it can be under way. */
  boolean isLongGone(Version version) {
    return version.millis() < trustedMillis() - PurgeLedger.FRESH_MILLIS;
  }

  private long trustedMillis() {
    return clock.millis() + accord.trustedAheadMillis();
  }

  private void tell() {
    boolean sound = accord.isWallSound() && accord.isTimeSound();
    long offset = accord.offsetMillis();
    if (sound == told.sound() && Math.abs(offset - told.offsetMillis()) < NEWS_MILLIS) {
      return;
    }
    report(offset);
    told = new Fitness.Finding.Clock(sound, offset);
    bus.publish(Addresses.FINDING, told);
  }

  private void report(long offset) {
    boolean wrong = Math.abs(offset) > maxDriftMillis;
    if (wrong == convicted) {
      return;
    }
    convicted = wrong;
    if (wrong) {
      log.warn("Clock differs from the peers', not coordinating offsetMillis={}", offset);
    } else {
      log.info("Clock agrees with the peers' again offsetMillis={}", offset);
    }
  }
}
