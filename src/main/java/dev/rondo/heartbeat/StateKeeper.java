package dev.rondo.heartbeat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Notes;
import dev.rondo.config.StateDocument;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import io.vertx.core.Future;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Keeps the cluster state in the worker's storage, and takes newer ones over. */
final class StateKeeper {
  private static final Logger log = LoggerFactory.getLogger(StateKeeper.class);

  private final View view;
  private final Bus bus;
  private final Notes notes;
  private Future<Void> last = Future.succeededFuture();
  private boolean unkept;

  StateKeeper(View view, Bus bus, Notes notes) {
    this.view = view;
    this.bus = bus;
    this.notes = notes;
  }

  /** A kept state wins over the configuration, which is the first state of a new cluster only. */
  Future<Void> load() {
    return notes
        .recall(StateDocument.NAME)
        .compose(kept -> kept.length() == 0 ? keep(view.topology().state()) : takeUp(kept));
  }

  /**
   * Takes a state over that a majority accepted, unless this worker's is as new; one at a time.
   * Completes when it is in force. A storage that cannot keep it does not hold it up, and is asked
   * to {@link #catchUp} later.
   */
  Future<Void> adopt(ClusterState newer) {
    last =
        last.compose(
            done -> isNews(newer) ? keep(newer).onSuccess(kept -> enforce(newer)) : done());
    return last;
  }

  /** Goes on where another one stopped, which may not have been able to keep its last state. */
  void resume() {
    unkept = true;
  }

  /**
   * Keeps the state in force if that was not possible before; to be called now and then. A worker
   * that forgot it with a restart would serve by the state before until somebody told it again.
   */
  void catchUp() {
    if (unkept && last.isComplete()) {
      last = keep(view.topology().state());
    }
  }

  /** Completes when what was taken over is in force. */
  Future<Void> settled() {
    return last;
  }

  private boolean isNews(ClusterState state) {
    return state.epoch() > view.topology().state().epoch();
  }

  private void enforce(ClusterState newer) {
    view.adopt(new Topology(newer));
    log.info(
        "Topology in force epoch={} quorums={} former={} members={}",
        newer.epoch(),
        newer.quorums(),
        newer.former(),
        newer.members().size());
    bus.publish(Addresses.TOPOLOGY_CHANGED, view.topology());
  }

  private Future<Void> takeUp(Bytes note) {
    ClusterState kept = StateDocument.decode(note);
    ClusterState configured = view.topology().state();
    boolean adopted = view.adopt(new Topology(kept));
    if (adopted && !sameButEpoch(kept, configured)) {
      // Before the first change the two differ only when somebody edited the configuration.
      log.atLevel(kept.epoch() == 1 ? Level.WARN : Level.INFO)
          .log(
              "Keeping the cluster state of this worker's storage; ring and members of the"
                  + " configuration differ and are ignored epoch={}",
              kept.epoch());
    }
    return adopted ? done() : keep(configured);
  }

  private Future<Void> keep(ClusterState state) {
    return notes
        .keep(StateDocument.NAME, StateDocument.encode(state))
        .onSuccess(kept -> unkept = false)
        .recover(
            failure -> {
              log.atLevel(unkept ? Level.DEBUG : Level.WARN)
                  .log(
                      "Cluster state not kept, trying again epoch={} reason={}",
                      state.epoch(),
                      failure.getMessage());
              unkept = true;
              return done();
            });
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private static boolean sameButEpoch(ClusterState one, ClusterState other) {
    return one.vnodes() == other.vnodes()
        && one.quorums().equals(other.quorums())
        && Objects.equals(one.former(), other.former())
        && one.members().equals(other.members());
  }
}
