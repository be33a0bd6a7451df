package dev.rondo.replication;

import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The watch over the links: deadlines, silence, clocks.
 *
 * <p>It looks every few milliseconds while anybody owes an answer, and every second otherwise. A
 * peer that falls silent is probed well before it is suspected, so that one which merely has slow
 * work to do, or is receiving a large value, can say that it lives. Whoever has been silent for
 * seconds is called anew: a packet filter or a lost route swallows what is sent on an old
 * connection long after it is gone.
 */
final class Vigil {

  private static final long LOOK_MILLIS = 10;
  private static final long IDLE_MILLIS = 1_000;
  private static final long GIVE_UP_MILLIS = 3_000;
  private static final long NONE = -1;

  private final Vertx vertx;
  private final Sightings sightings;
  private final ClockWatch clock;
  private final Supplier<Collection<PeerLink>> links;
  private final long lookMillis;
  private final long probeMillis;
  private final long giveUpMillis;
  private final Set<PeerLink> askedForTime = new HashSet<>();
  private long looking = NONE;
  private long idling = NONE;

  Vigil(
      Vertx vertx,
      Sightings sightings,
      ClockWatch clock,
      long silenceMillis,
      Supplier<Collection<PeerLink>> links) {
    this.vertx = vertx;
    this.sightings = sightings;
    this.clock = clock;
    this.links = links;
    this.probeMillis = Math.max(1, silenceMillis / 3);
    this.lookMillis = Math.min(LOOK_MILLIS, probeMillis);
    this.giveUpMillis = Math.max(GIVE_UP_MILLIS, 4 * silenceMillis);
  }

  void start() {
    idling = vertx.setPeriodic(IDLE_MILLIS, tick -> links.get().forEach(this::greet));
  }

  void stop() {
    vertx.cancelTimer(idling);
    vertx.cancelTimer(looking);
    looking = NONE;
  }

  /** Somebody owes an answer. */
  void busy() {
    if (looking == NONE) {
      looking = vertx.setPeriodic(lookMillis, tick -> look());
    }
  }

  private void greet(PeerLink link) {
    link.probe();
    if (link.isConnected() && askedForTime.add(link)) {
      long sent = Transport.millis();
      link.ask(WireRequests.ping(), WireAnswers::pong, giveUpMillis)
          .onComplete(
              theirs -> {
                askedForTime.remove(link);
                clock.compare(link.peer().id(), theirs, sent);
              },
              failure -> askedForTime.remove(link));
    }
  }

  private void look() {
    long now = Transport.millis();
    boolean mayJudge = sightings.mayJudge(now);
    boolean busy = false;
    for (PeerLink link : links.get()) {
      link.expire(now);
      if (link.isConnected()) {
        watch(link, now, mayJudge);
      }
      busy |= link.size() > 0 || link.owesSinceMillis() != Long.MAX_VALUE;
    }
    if (!busy) {
      vertx.cancelTimer(looking);
      looking = NONE;
    }
  }

  private void watch(PeerLink link, long now, boolean mayJudge) {
    long owesSince = link.owesSinceMillis();
    if (owesSince == Long.MAX_VALUE) {
      return;
    }
    long quiet = now - Math.max(owesSince, link.heardMillis());
    if (quiet >= probeMillis) {
      link.probe();
    }
    if (mayJudge) {
      sightings.check(link.peer().id(), owesSince, link.heardMillis(), now);
      if (quiet >= giveUpMillis) {
        link.breakOff("silent for " + quiet + " ms");
      }
    }
  }
}
