package dev.rondo.replication;

import dev.rondo.bus.Reachability;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import dev.rondo.proto.Hello;
import dev.rondo.proto.HelloAnswer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.client.GrpcClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links to all other members, which come and go with the topology. */
final class Peers implements PeerLink.Observer {

  private static final Logger log = LoggerFactory.getLogger(Peers.class);

  /** A peer that is well answers sooner. */
  private static final long MEET_MILLIS = 1_000;

  /** A peer that is said to have gone has this long to react. */
  private static final long DOUBT_MILLIS = 500;

  /** Who wants to know of peers that were met. */
  interface Audience {

    /** Who this worker is, for the first message to a peer. */
    Hello hello(Member peer);

    /** The epoch of the state that this worker works by. */
    long epoch();

    /** A message of the peer names the epoch by which it works; 0 for none. */
    void heard(int peer, long epoch);

    /** The peer took the call and told what it knows. */
    void met(PeerLink link, HelloAnswer answer);

    /** The peer can be reached again. */
    void reachable(PeerLink link);
  }

  private final NodeSetup setup;
  private final Vertx vertx;
  private final Context context;
  private final GrpcClient client;
  private final ClockWatch clock;
  private final Audience audience;
  private final Sightings sightings;
  private final Vigil vigil;
  private final Map<Integer, PeerLink> links = new HashMap<>();
  private final Set<PeerLink> refusals = new HashSet<>();
  private @Nullable Topology topology;

  Peers(NodeSetup setup, Context context, GrpcClient client, ClockWatch clock, Audience audience) {
    this.setup = setup;
    this.vertx = context.owner();
    this.context = context;
    this.client = client;
    this.clock = clock;
    this.audience = audience;
    long silence = setup.config().timeouts().hedgeMillis();
    this.sightings = new Sightings(setup.bus(), silence);
    this.vigil = new Vigil(vertx, sightings, clock, silence, this::links);
  }

  void start() {
    vigil.start();
  }

  /** Has a link to every other member from now on. */
  void follow(Topology newer) {
    if (topology != null && topology.state().epoch() >= newer.state().epoch()) {
      return;
    }
    topology = newer;
    for (PeerLink link : List.copyOf(links.values())) {
      if (!newer.member(link.peer().id()).equals(java.util.Optional.of(link.peer()))) {
        leave(link);
      }
    }
    for (Member member : newer.state().members()) {
      if (member.id() != setup.config().id() && !links.containsKey(member.id())) {
        join(member);
      }
    }
  }

  private void join(Member member) {
    PeerLink link =
        new PeerLink(
            member,
            context,
            new Dialer(vertx, client),
            this,
            new PeerMeters(setup.meters(), member.id()),
            setup.config().grpc().queueMax());
    links.put(member.id(), link);
    sightings.joined(member.id());
    link.connect();
  }

  private void leave(PeerLink link) {
    links.remove(link.peer().id());
    refusals.remove(link);
    link.close();
    link.meters().forget();
    sightings.left(link.peer().id());
    clock.forget(link.peer().id());
  }

  Collection<PeerLink> links() {
    return links.values();
  }

  /** The link to a member; null when the worker is none. */
  @Nullable PeerLink link(int peer) {
    return links.get(peer);
  }

  Reachability reachability() {
    return sightings.reachability();
  }

  boolean isReachable(PeerLink link) {
    return link.isConnected() && !sightings.suspects(link.peer().id());
  }

  /**
   * The peer's process is said to be gone. The membership layer says so of living ones as well when
   * it heals from a pause or a split, so the peer is asked first.
   */
  void departed(int peer) {
    PeerLink link = links.get(peer);
    if (link != null && link.isConnected()) {
      long asked = Transport.millis();
      link.probe();
      vertx.setTimer(
          DOUBT_MILLIS,
          over -> {
            if (link.isConnected() && link.heardMillis() < asked) {
              link.breakOff("its process left the cluster");
            }
          });
    }
  }

  /** The peer has called, so it can be called. */
  void called(int peer) {
    PeerLink link = links.get(peer);
    if (link != null) {
      link.hurry();
    }
  }

  /** Tells the node whom this worker can reach, or leaves it to another generation. */
  void speak(boolean now) {
    sightings.speak(now);
  }

  /** How many requests wait to be written or answered. */
  int waiting() {
    return links.values().stream().mapToInt(PeerLink::size).sum();
  }

  /** Completes when each peer has answered a first call, or does not. */
  Future<Void> met() {
    long end = Transport.millis() + MEET_MILLIS;
    return Steps.until(
        vertx,
        () ->
            Transport.millis() >= end
                || links.values().stream()
                    .allMatch(link -> link.isConnected() || link.failures() > 0));
  }

  void stop() {
    vigil.stop();
    new ArrayList<>(links.values()).forEach(PeerLink::close);
    links.clear();
  }

  @Override
  public Hello hello(Member peer) {
    return audience.hello(peer);
  }

  @Override
  public long epoch() {
    return audience.epoch();
  }

  @Override
  public void told(PeerLink link, long epoch, boolean recovering) {
    sightings.told(link.peer().id(), recovering);
    audience.heard(link.peer().id(), epoch);
  }

  @Override
  public void connected(PeerLink link, HelloAnswer answer, long sentMillis) {
    refusals.remove(link);
    clock.compare(link.peer().id(), PeerClocks.of(answer), sentMillis);
    audience.met(link, answer);
    heard(link);
  }

  @Override
  public void busy() {
    vigil.busy();
  }

  @Override
  public void heard(PeerLink link) {
    if (sightings.heard(link.peer().id())) {
      audience.reachable(link);
    }
  }

  @Override
  public void spoke(PeerLink link, long silentMillis) {
    sightings.spoke(link.peer().id(), silentMillis);
  }

  @Override
  public void broke(PeerLink link, String why) {
    sightings.broke(link.peer().id(), why, link.failures());
  }

  @Override
  public void refused(PeerLink link, HelloAnswer answer) {
    sightings.broke(link.peer().id(), "it refuses this worker", link.failures());
    if (refusals.add(link)) {
      log.error(
          "Worker {} refuses this worker reason={} detail={}",
          link.peer().id(),
          answer.getRefusal(),
          answer.getDetail());
    }
  }
}
