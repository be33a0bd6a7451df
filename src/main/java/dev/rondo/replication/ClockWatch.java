package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Fitness;
import dev.rondo.core.purge.PurgeLedger;
import dev.rondo.core.version.ClockSoundness;
import dev.rondo.core.version.Version;
import dev.rondo.wire.PeerState;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares this worker's wall clock with its peers', and judges versions by what it knows. */
final class ClockWatch {

  private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);

  /** An estimate is off by at most half the round trip; slower ones are useless. */
  private static final long ROUND_TRIP_MILLIS_MAX = 200;

  /** Changes below this are not worth telling. */
  private static final long NEWS_MILLIS = 20;

  private ClockSoundness soundness;
  private final Bus bus;
  private final LongSupplier wall;
  private Fitness.Finding.Clock told = new Fitness.Finding.Clock(false, 0);
  private long started = Transport.millis();
  private int members = Integer.MAX_VALUE;
  private boolean convicted;
  private boolean speaking;

  ClockWatch(long maxDriftMillis, Bus bus, LongSupplier wall) {
    this.soundness = new ClockSoundness(maxDriftMillis);
    this.bus = bus;
    this.wall = wall;
  }

  /** Goes on with what another generation has compared and told. */
  void resume(PeerState.Clock before) {
    soundness = before.soundness();
    told = before.told();
    started = before.startedMillis();
    convicted = before.convicted();
  }

  /** Tells the node from now on. */
  void speak() {
    speaking = true;
    tell();
  }

  /** Tells nothing any more; what another generation goes on with. */
  PeerState.Clock giveUp() {
    speaking = false;
    return new PeerState.Clock(soundness, told, started, convicted);
  }

  /** This worker's wall clock. */
  long wallMillis() {
    return wall.getAsLong();
  }

  /** The peer read its clock at some moment since {@code sentWallMillis} by ours. */
  void compare(int peer, long peerWallMillis, long sentWallMillis) {
    long received = wallMillis();
    long roundTrip = received - sentWallMillis;
    if (roundTrip >= 0 && roundTrip <= ROUND_TRIP_MILLIS_MAX) {
      soundness.observed(peer, peerWallMillis - (sentWallMillis + received) / 2);
      tell();
    }
  }

  /** The peer is no member any more. */
  void forget(int peer) {
    soundness.forget(peer);
    tell();
  }

  /** There are so many members now, this worker included. */
  void follow(int count) {
    members = count;
    tell();
  }

  /** Looks again: time alone may have settled it, when there are too few peers to ask. */
  void review() {
    tell();
  }

  /** Whether a version lies too far in the future to be taken in. */
  boolean isTooFarAhead(Version version) {
    return soundness.isTooFarAhead(version, wallMillis());
  }

  /** Whether a write is so old, by the peers' clocks, that no copy of it can be under way. */
  boolean isLongGone(Version version) {
    long now = wallMillis() + soundness.offsetMillis();
    return version.millis() < now - PurgeLedger.FRESH_MILLIS;
  }

  private void tell() {
    boolean sound = soundness.mayStamp(members, Transport.millis() - started);
    long offset = soundness.offsetMillis();
    if (!speaking
        || (sound == told.sound() && Math.abs(offset - told.offsetMillis()) < NEWS_MILLIS)) {
      return;
    }
    report(offset);
    told = new Fitness.Finding.Clock(sound, offset);
    bus.publish(Addresses.FINDING, told);
  }

  private void report(long offset) {
    boolean wrong = !soundness.isSound();
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
