package dev.rondo.replication;

import dev.rondo.bus.Fitness;
import dev.rondo.core.member.Member;
import dev.rondo.core.version.Version;
import dev.rondo.proto.Answers;
import dev.rondo.proto.Hello;
import dev.rondo.proto.HelloAnswer;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.IntConsumer;

/** What this worker says of itself to its peers, and what it makes of what they say. */
final class Etiquette implements Peers.Audience, Inbound.Reception {

  private final NodeSetup setup;
  private final ClockWatch clock;
  private final LastSeen lastSeen;
  private final KnownStores stores;
  private final Admission admission;
  private final Epochs epochs;
  private final Identity identity;
  private final HintDelivery hints;
  private final IntConsumer entered;
  private boolean recovering;

  Etiquette(
      NodeSetup setup,
      ClockWatch clock,
      LastSeen lastSeen,
      KnownStores stores,
      Admission admission,
      Epochs epochs,
      Identity identity,
      HintDelivery hints,
      IntConsumer entered) {
    this.setup = setup;
    this.clock = clock;
    this.lastSeen = lastSeen;
    this.stores = stores;
    this.admission = admission;
    this.epochs = epochs;
    this.identity = identity;
    this.hints = hints;
    this.entered = entered;
  }

  void follow(Fitness fitness) {
    recovering = !fitness.caughtUp() || !fitness.complete();
  }

  @Override
  public Hello hello(Member peer) {
    return Hello.newBuilder()
        .setCluster(setup.config().cluster())
        .setProtocol(Transport.PROTOCOL)
        .setWorker(setup.id())
        .setStoreId(Wire.bytes(identity.storeId()))
        .setWallMillis(clock.own().wallMillis())
        .setCallee(peer.id())
        .setEpoch(epochs.own())
        .build();
  }

  @Override
  public void met(PeerLink link, HelloAnswer answer) {
    Version seen = new Version(answer.getLastSeen(), link.peer().id());
    if (seen.exists() && !clock.isTooFarAhead(seen)) {
      lastSeen.saw(seen);
    }
    epochs.told(link.peer().id(), answer.getState());
    identity.met(link, answer);
  }

  @Override
  public long epoch() {
    return epochs.own();
  }

  @Override
  public void heard(int peer, long epoch) {
    epochs.heard(peer, epoch);
  }

  @Override
  public void sign(Answers.Builder message) {
    message.setEpoch(epochs.own()).setRecovering(recovering);
  }

  @Override
  public void reachable(PeerLink link) {
    hints.reachable(link);
  }

  @Override
  public Optional<HelloAnswer> refusal(Hello hello) {
    return admission.refusal(hello);
  }

  @Override
  public Future<HelloAnswer> welcome(Hello hello) {
    return stores
        .meet(hello.getWorker(), Wire.bytes(hello.getStoreId()))
        .map(known -> Admission.welcome(known, clock.own(), lastSeen.latest()))
        .map(
            welcome ->
                epochs
                    .newerThan(hello.getEpoch())
                    .map(state -> welcome.toBuilder().setState(state).build())
                    .orElse(welcome));
  }

  @Override
  public void entered(int caller) {
    entered.accept(caller);
  }
}
