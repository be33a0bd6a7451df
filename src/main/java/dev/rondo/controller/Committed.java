package dev.rondo.controller;

import dev.rondo.core.member.ClusterState;
import dev.rondo.proto.FromController;
import dev.rondo.wire.StateWire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.BiConsumer;

/**
 * The cluster state in force, as far as this controller knows. A newer one is saved, then told.
 *
 * <p>The first state of a new cluster was decided by nobody: it is what the configuration says, and
 * the workers may know better. It is saved when the first of them was heard.
 */
final class Committed {

  private final Vertx vertx;
  private final StateFile file;
  private final Herald herald;
  private final BiConsumer<ClusterState, ClusterState> follower;
  private ClusterState state;
  private boolean firm;
  private Future<Void> last = Future.succeededFuture();

  /** {@code follower} is told the state before and the present one, whenever it changes. */
  Committed(
      Vertx vertx,
      StateFile file,
      ClusterState first,
      Herald herald,
      BiConsumer<ClusterState, ClusterState> follower) {
    this.vertx = vertx;
    this.file = file;
    this.state = first;
    this.herald = herald;
    this.follower = follower;
  }

  /** How workers are told of a state. */
  static FromController told(ClusterState decided) {
    return FromController.newBuilder().setCommitted(StateWire.of(decided)).build();
  }

  ClusterState state() {
    return state;
  }

  boolean isFirm() {
    return firm;
  }

  /** Goes on with what another generation has saved and told. */
  void resume(ClusterState known, boolean wasFirm) {
    state = known;
    firm = wasFirm;
  }

  /** Completes when what was taken over is told. */
  Future<Void> settled() {
    return last;
  }

  Future<Void> load() {
    return vertx
        .executeBlocking(file::load)
        .map(
            saved -> {
              state = saved.orElse(state);
              firm = saved.isPresent();
              return null;
            });
  }

  /** Whether another state of the same epoch is in force: one that cannot be reconciled. */
  boolean contradicts(ClusterState other) {
    return firm && other.epoch() == state.epoch() && !other.equals(state);
  }

  /** Takes a state over that is decided, unless it knows a newer one; completes when told. */
  Future<Void> adopt(ClusterState decided) {
    last =
        last.compose(
            done -> {
              boolean newer = decided.epoch() > state.epoch();
              return newer || (!firm && decided.epoch() == state.epoch())
                  ? save(decided).onSuccess(saved -> enforce(decided))
                  : Future.succeededFuture();
            });
    return last;
  }

  private void enforce(ClusterState decided) {
    ClusterState before = state;
    firm = true;
    state = decided;
    if (!decided.equals(before)) {
      follower.accept(before, decided);
    }
  }

  /** A majority of the workers has it too, so a disk that fails does not stop the cluster. */
  private Future<Void> save(ClusterState decided) {
    return vertx
        .<Void>executeBlocking(
            () -> {
              file.save(decided);
              return null;
            })
        .recover(
            failure -> {
              herald.notSaved(decided, failure.toString());
              return Future.succeededFuture();
            });
  }
}
