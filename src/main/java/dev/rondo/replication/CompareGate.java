package dev.rondo.replication;

import dev.rondo.core.member.Topology;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is told what this worker holds, so that they can compare: those only that go by the
 * same state, a few at a time; the others ask again.
 */
final class CompareGate {

  private final Admission admission;
  private final BooleanSupplier complete;
  private final long graceMillis;
  private final int callsMax;
  private @Nullable Topology topology;
  private long adoptedMillis;
  private int calls;

  /**
   * A gate that is shut until the state is known.
   *
   * @param complete whether this worker holds all that it ever acknowledged
   */
  CompareGate(NodeSetup setup, Admission admission, BooleanSupplier complete) {
    this.admission = admission;
    this.complete = complete;
    this.graceMillis = setup.config().timeouts().coordinateMillis();
    this.callsMax = setup.config().repair().exchangesMax();
  }

  void follow(Topology newer) {
    topology = newer;
    adoptedMillis = Transport.millis();
  }

  /** Who asks, and by which state it goes. */
  record Asker(String cluster, int protocol, int worker, long epoch) {}

  /** What an admitted caller gets; fails with {@link IllegalArgumentException} on nonsense. */
  interface Work {
    Future<Void> under(Topology state);
  }

  /** Does the work, if the asker may have it done, and ends the call. */
  void answer(Caller<?> caller, Asker asker, Work work) {
    Topology state = topology;
    String refusal = refusal(asker);
    if (!refusal.isEmpty() || state == null) {
      caller.end(GrpcStatus.FAILED_PRECONDITION, refusal);
    } else if (state.state().epoch() != asker.epoch()) {
      caller.end(
          GrpcStatus.FAILED_PRECONDITION,
          "this worker goes by epoch %d, not %d".formatted(state.state().epoch(), asker.epoch()));
    } else if (!complete.getAsBoolean()) {
      caller.end(GrpcStatus.UNAVAILABLE, "this worker does not hold its own data yet");
    } else if (isInGrace(state)) {
      String why = "writes from before epoch %d may be under way".formatted(asker.epoch());
      caller.end(GrpcStatus.UNAVAILABLE, why);
    } else if (calls >= callsMax) {
      caller.end(GrpcStatus.RESOURCE_EXHAUSTED, calls + " comparisons are under way already");
    } else {
      calls++;
      work(work, state)
          .onComplete(
              done -> {
                calls--;
                caller.end(done.succeeded() ? null : done.cause());
              });
    }
  }

  private String refusal(Asker asker) {
    return admission
        .refusal(asker.cluster(), asker.protocol(), asker.worker())
        .map(refusal -> refusal.getDetail())
        .orElse("");
  }

  /**
   * A write that this worker began to coordinate by the state before knows nothing of the owners of
   * this one; what it stores here must be seen by whoever compares to have all copies.
   */
  private boolean isInGrace(Topology state) {
    return !state.state().isSettled() && Transport.millis() - adoptedMillis < graceMillis;
  }

  private static Future<Void> work(Work work, Topology state) {
    try {
      return work.under(state);
    } catch (IllegalArgumentException malformed) {
      return Future.failedFuture(malformed);
    }
  }
}
