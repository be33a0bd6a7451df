package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Reachability;
import dev.rondo.core.member.Suspicions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This worker's opinion of who is reachable, told to the node whenever it changes. A peer that was
 * not met yet is not.
 */
final class Sightings {

  private static final Logger log = LoggerFactory.getLogger(Sightings.class);

  /** A peer that comes and goes is reported this often at most. */
  private static final long REPORT_MILLIS = 5_000;

  /** Connecting for the first time may take so many attempts without a word in the log. */
  private static final int FIRST_ATTEMPTS = 8;

  private final Bus bus;
  private final Suspicions suspicions;
  private final Set<Integer> reportedAway = new HashSet<>();
  private final Map<Integer, Long> reportedAt = new HashMap<>();
  private final Set<Integer> recovering = new HashSet<>();
  private boolean speaking;

  Sightings(Bus bus, long silenceMillis) {
    this.bus = bus;
    this.suspicions = new Suspicions(silenceMillis);
  }

  Reachability reachability() {
    return new Reachability(suspicions.all(), suspicions.broken(), recovering);
  }

  boolean suspects(int peer) {
    return suspicions.suspects(peer);
  }

  /** There is a new member, which was not met yet. */
  void joined(int peer) {
    changed(suspicions.broke(peer));
  }

  /** The worker is no member any more. */
  void left(int peer) {
    reportedAway.remove(peer);
    reportedAt.remove(peer);
    boolean wasRecovering = recovering.remove(peer);
    changed(suspicions.heard(peer) || wasRecovering);
  }

  /** A sign of life; returns whether the peer was missed. */
  boolean heard(int peer) {
    if (!suspicions.suspects(peer)) {
      return false;
    }
    changed(suspicions.heard(peer));
    boolean firstTime = !reportedAt.containsKey(peer);
    if (reportedAway.remove(peer) || firstTime) {
      reportedAt.putIfAbsent(peer, Long.MIN_VALUE / 2);
      log.info("Worker {} reachable", peer);
    }
    return true;
  }

  /** A peer that owed an answer has spoken after so long. */
  void spoke(int peer, long silentMillis) {
    suspicions.spoke(peer, silentMillis, Transport.millis());
  }

  /** The peer says whether it was away and has not caught up yet. */
  void told(int peer, boolean isRecovering) {
    changed(isRecovering ? recovering.add(peer) : recovering.remove(peer));
  }

  /** The connection to the peer is down, after so many failed attempts to make it. */
  void broke(int peer, String why, int attempts) {
    if (suspicions.broke(peer)) {
      changed(true);
      report(peer, why);
    } else if (attempts >= FIRST_ATTEMPTS && !reportedAway.contains(peer)) {
      report(peer, why);
    }
  }

  /** Starts a round of {@link #check}s; false when this process was paused itself. */
  boolean mayJudge(long nowMillis) {
    return suspicions.mayJudge(nowMillis);
  }

  /** Suspects the peer if it has owed an answer, and said nothing, for too long. */
  void check(int peer, long owesSince, long heardAt, long nowMillis) {
    if (suspicions.check(peer, owesSince, heardAt, nowMillis)) {
      changed(true);
      report(peer, "it owes an answer and is silent");
    }
  }

  private void report(int peer, String why) {
    long now = Transport.millis();
    if (now - reportedAt.getOrDefault(peer, Long.MIN_VALUE / 2) >= REPORT_MILLIS) {
      reportedAt.put(peer, now);
      reportedAway.add(peer);
      log.warn("Worker {} unreachable reason={}", peer, why);
    } else {
      log.debug("Worker {} unreachable again reason={}", peer, why);
    }
  }

  /** Tells the node from now on, or leaves it to another generation. */
  void speak(boolean now) {
    speaking = now;
    changed(true);
  }

  private void changed(boolean changed) {
    if (changed && speaking) {
      bus.publish(Addresses.REACHABILITY_CHANGED, reachability());
    }
  }
}
