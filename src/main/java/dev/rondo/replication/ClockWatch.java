package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.EventKind;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Vouching;
import dev.rondo.core.purge.PurgeLedger;
import dev.rondo.core.version.TimeAccord;
import dev.rondo.core.version.Version;
import dev.rondo.meters.Gauges;
import dev.rondo.time.NodeClock;
import dev.rondo.wire.PeerState;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares this worker's clocks with its peers', and judges versions by what it knows. */
final class ClockWatch {

  private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);

  /** An estimate is off by at most half the round trip; slower ones are useless. */
  private static final long ROUND_TRIP_MILLIS_MAX = 200;

  /** A version that is ahead by less is waited for. */
  private static final long SOON_MILLIS = 10_000;

  /** Changes below this are not worth telling. */
  private static final long NEWS_MILLIS = 20;

  private final NodeSetup setup;
  private final long maxDriftMillis;
  private final NodeClock clock;
  private final Forerunners forerunners;
  private final Gauges gauges;
  private TimeAccord accord;
  private NodeClock.Steps seen;
  private long unfollowedMillis;
  private volatile Fitness.Finding.Clock told = new Fitness.Finding.Clock(false, 0);
  private boolean convicted;
  private boolean speaking;

  ClockWatch(NodeSetup setup) {
    this.setup = setup;
    this.maxDriftMillis = setup.config().clock().maxDriftMillis();
    this.clock = setup.time();
    this.forerunners = new Forerunners(setup);
    this.gauges = new Gauges(setup.meters());
    this.accord = new TimeAccord(maxDriftMillis, Transport.millis());
    this.seen = NodeClock.Steps.NONE;
  }

  /** Goes on with what another generation has compared and told. */
  void resume(PeerState.Clock before) {
    accord = before.accord();
    seen = before.seen();
    unfollowedMillis = 0;
    told = before.told();
    convicted = before.convicted();
  }

  /** Tells the node from now on. */
  void speak() {
    speaking = true;
    gauges.show(
        "rondo.clock.sound",
        Tags.empty(),
        null,
        "Whether this worker's clock agrees with its peers'",
        () -> told.sound() ? 1 : 0);
    gauges.show(
        "rondo.clock.offset",
        Tags.empty(),
        "milliseconds",
        "How far the peers' clocks are ahead",
        () -> told.offsetMillis());
    review();
  }

  void close() {
    gauges.close();
  }

  /** Tells nothing any more; what another generation goes on with. */
  PeerState.Clock giveUp() {
    speaking = false;
    return new PeerState.Clock(accord, seen, told, convicted);
  }

  /** What this worker's own clocks show. */
  PeerClocks own() {
    keepUp();
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

  /** Somebody who is no peer has said what time it is. */
  void vouched(Vouching word) {
    keepUp();
    long wallAhead = word.wallAheadMillis();
    accord.vouched(wallAhead, wallAhead + clock.wallMillis() - clock.millis());
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
      unfollowedMillis += leap;
    }
    accord.moved(now.movedMillis() - seen.movedMillis());
    seen = now;
    if (speaking) {
      follow();
    }
  }

  /** The wall clock was set before anybody relied on the time. */
  private void follow() {
    long leap = unfollowedMillis;
    unfollowedMillis = 0;
    if (leap != 0 && accord.isUntried()) {
      clock.follow(leap);
      keepUp();
    }
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
    return aheadMillis(version) > maxDriftMillis;
  }

  private long aheadMillis(Version version) {
    return version.millis() - trustedMillis();
  }

  /**
   * Whether to take in a copy that was made long ago, and is offered by a peer who holds it; those
   * that are not are counted.
   *
   * @throws IOException as long as nobody knows here what time it is, or where the version's time
   *     will come so soon that nothing need be left out
   */
  boolean admits(int peer, Version version) throws IOException {
    if (!isTooFarAhead(version)) {
      return true;
    }
    if (!accord.canJudge()) {
      throw new IOException("it is not agreed on yet what time it is");
    }
    if (aheadMillis(version) <= SOON_MILLIS) {
      throw new IOException("a version is " + aheadMillis(version) + " ms ahead of its time");
    }
    refused(peer, version);
    return false;
  }

  /**
   * A peer's copy is not taken in, as its version is too far ahead; at a start that means nothing.
   */
  void refused(int peer, Version version) {
    if (accord.canJudge()) {
      forerunners.met(peer, aheadMillis(version));
    }
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
    setup.bus().publish(Addresses.FINDING, told);
  }

  private void report(long offset) {
    boolean wrong = Math.abs(offset) > maxDriftMillis;
    if (wrong == convicted) {
      return;
    }
    convicted = wrong;
    if (wrong) {
      log.warn("Clock differs from the peers', not coordinating offsetMillis={}", offset);
      tell(
          EventKind.CLOCK_WRONG,
          "The clock of Worker %d is %.1f s %s those of the others, which stamp its writes"
              .formatted(setup.id(), Math.abs(offset) / 1e3, offset < 0 ? "ahead of" : "behind"));
    } else {
      log.info("Clock agrees with the peers' again offsetMillis={}", offset);
      tell(EventKind.CLOCK_RIGHT, "The clock of Worker %d is right again".formatted(setup.id()));
    }
  }

  private void tell(EventKind kind, String text) {
    setup.bus().publish(Addresses.EVENT, new ClusterEvent(kind, setup.id(), text));
  }
}
