package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.EventKind;
import dev.rondo.bus.Fitness.Finding;
import dev.rondo.bus.Notes;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.StoreIdentity;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.proto.HelloAnswer;
import dev.rondo.wire.PeerState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this worker's storage is its own, new, or stands in for one that was lost; see {@link
 * StoreIdentity}. The conclusion survives restarts.
 */
final class Identity {

  private static final Logger log = LoggerFactory.getLogger(Identity.class);

  private static final String ID = "store.id";
  private static final String STATE = "store.state";
  private static final long RETRY_MILLIS = 1_000;

  /** How long after the first other member the rest of them may take to come. */
  private static final long PATIENCE_MILLIS = 10_000;

  /** What is known of the storage. */
  enum State {
    NEW,
    REBUILDING,
    COMPLETE
  }

  private final NodeSetup setup;
  private final Vertx vertx;
  private final Notes notes;
  private final Rebuild rebuild;
  private final BooleanSupplier behind;
  private Bytes storeId = Bytes.EMPTY;
  private StoreIdentity evidence = new StoreIdentity(0, Bytes.EMPTY);
  private State state = State.NEW;
  private boolean acting;
  private boolean deciding;
  private boolean again;
  private boolean lost;
  private boolean metSomebody;
  private boolean waitedLong;
  private @Nullable Topology topology;

  /**
   * The identity of this node's storage.
   *
   * @param behind whether a peer works by a newer cluster state than this node: nothing is
   *     concluded before that is known, or this worker would coordinate by a state that is long
   *     gone
   * @param rebuild fetches what was lost and then calls {@link #rebuilt}
   */
  Identity(NodeSetup setup, Vertx vertx, Notes notes, BooleanSupplier behind, Rebuild rebuild) {
    this.setup = setup;
    this.vertx = vertx;
    this.notes = notes;
    this.behind = behind;
    this.rebuild = rebuild;
  }

  Bytes storeId() {
    return storeId;
  }

  boolean isComplete() {
    return state == State.COMPLETE;
  }

  /** Reads what earlier runs concluded, and gives a storage that has no id its own. */
  Future<Void> load() {
    return notes
        .recall(ID)
        .compose(known -> known.length() > 0 ? Future.succeededFuture(known) : baptize())
        .compose(
            id -> {
              storeId = id;
              evidence = new StoreIdentity(setup.id(), id);
              return notes.recall(STATE);
            })
        .onSuccess(known -> state = parse(known))
        .mapEmpty();
  }

  private Future<Bytes> baptize() {
    Bytes id = Bytes.utf8(UUID.randomUUID().toString());
    return notes.keep(ID, id).map(id);
  }

  private static State parse(Bytes known) {
    for (State state : State.values()) {
      if (note(state).equals(known)) {
        return state;
      }
    }
    return State.NEW;
  }

  private static Bytes note(State state) {
    return Bytes.utf8(state.name().toLowerCase(Locale.ROOT));
  }

  /** Goes on with what another generation has concluded and heard. */
  void resume(PeerState.Identity before) {
    storeId = before.storeId();
    state = State.valueOf(before.state());
    evidence = before.evidence();
    again |= before.again();
  }

  /** Whether a conclusion is being kept, so that nobody else may conclude anything. */
  boolean isDeciding() {
    return deciding;
  }

  /** Leaves it to another generation. */
  PeerState.Identity giveUp() {
    acting = false;
    return new PeerState.Identity(storeId, state.name(), evidence, again);
  }

  /** May conclude from now on. */
  void begin() {
    acting = true;
    start();
    decide();
    if (lost) {
      lost = false;
      relapse();
    }
  }

  /** Announces what is known already, and goes on with what was begun. */
  private void start() {
    if (state != State.NEW) {
      announce();
    }
    if (state == State.REBUILDING && again) {
      startOver();
    } else if (state == State.REBUILDING) {
      rebuild.start();
    }
  }

  /** Whoever goes on while what was fetched before still has its marks has to do this again. */
  private void startOver() {
    again = true;
    rebuild.startOver().onSuccess(unmarked -> again = false);
  }

  /** The members whose majority counts. */
  void follow(Topology newer) {
    topology = newer;
    decide();
  }

  /** A peer has told under which store it knew this worker. */
  void met(PeerLink link, HelloAnswer answer) {
    Bytes known = Wire.bytes(answer.getKnownStoreId());
    evidence.answered(link.peer().id(), known);
    if (state == State.COMPLETE && evidence.isOther(known)) {
      adopt(link);
    }
    if (!metSomebody) {
      metSomebody = true;
      vertx.setTimer(PATIENCE_MILLIS, over -> losePatience());
    }
    decide();
  }

  private void losePatience() {
    waitedLong = true;
    decide();
  }

  private void decide() {
    if (!acting || state != State.NEW || deciding || topology == null || behind.getAsBoolean()) {
      return;
    }
    switch (evidence.verdict(ids(topology), waitedLong)) {
      case PENDING -> {}
      case NEW -> conclude(State.COMPLETE, "Storage is new");
      case LOST -> {
        tellOfLoss();
        conclude(State.REBUILDING, "Storage was lost, the peers will be asked for it");
      }
    }
  }

  private void tellOfLoss() {
    String text =
        "Worker %d has started without its data, and fetches what it owns from the others"
            .formatted(setup.id());
    setup
        .bus()
        .publish(Addresses.EVENT, new ClusterEvent(EventKind.STORAGE_LOST, setup.id(), text));
  }

  private static Set<Integer> ids(Topology topology) {
    return topology.state().members().stream().map(Member::id).collect(Collectors.toSet());
  }

  private void conclude(State conclusion, String event) {
    deciding = true;
    notes
        .keep(STATE, note(conclusion))
        .onComplete(
            kept -> {
              deciding = false;
              state = conclusion;
              log.info("{} store={}", event, HexFormat.of().formatHex(storeId.toArray()));
              concluded();
            },
            failure -> {
              log.warn(
                  "Storage cannot keep its state, trying again state={} reason={}",
                  conclusion,
                  failure.getMessage());
              vertx.setTimer(RETRY_MILLIS, again -> conclude(conclusion, event));
            });
  }

  /** Records may have been lost meanwhile. */
  private void concluded() {
    if (again && state == State.COMPLETE) {
      again = false;
      relapse();
    } else {
      start();
    }
  }

  /** Records were lost, and nobody knows which: all is fetched, also what was fetched before. */
  void relapse() {
    if (!acting) {
      lost = true;
    } else if (state == State.COMPLETE && !deciding) {
      conclude(State.REBUILDING, "Storage has lost records, the peers will be asked for them");
    } else if (state == State.REBUILDING && !deciding) {
      startOver();
    } else {
      again = true;
    }
  }

  /** All was fetched that the others still have. */
  void rebuilt(Iterable<PeerLink> links) {
    links.forEach(this::adopt);
    conclude(State.COMPLETE, "Storage is rebuilt");
  }

  /** Those out of reach are told when they are met again. */
  private void adopt(PeerLink link) {
    link.ask(
            WireRequests.adoptStore(storeId),
            WireAnswers::stored,
            setup.config().timeouts().replicaMillis())
        .onFailure(
            failure -> log.debug("Worker {} was not told of the store", link.peer().id(), failure));
  }

  private void announce() {
    setup.bus().publish(Addresses.FINDING, new Finding.Identified(true));
    setup.bus().publish(Addresses.FINDING, new Finding.Complete(isComplete()));
  }
}
