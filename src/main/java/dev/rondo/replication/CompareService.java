package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Digesting;
import dev.rondo.bus.Inventory;
import dev.rondo.core.digest.RingRanges;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.proto.DigestAnswer;
import dev.rondo.proto.DigestRequest;
import dev.rondo.proto.KeyVersion;
import dev.rondo.proto.VersionsBatch;
import dev.rondo.proto.VersionsRequest;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells peers what this worker holds, so that they can compare. It answers those only that go by
 * the same state, a few at a time; the others ask again.
 */
final class CompareService {

  private static final int CALLS_MAX = 8;

  private final Bus bus;
  private final Admission admission;
  private final BooleanSupplier complete;
  private final int self;
  private final long graceMillis;
  private @Nullable Topology topology;
  private long adoptedMillis;
  private int calls;

  /**
   * Serves comparisons.
   *
   * @param complete whether this worker holds all that it ever acknowledged
   */
  CompareService(NodeSetup setup, Admission admission, BooleanSupplier complete) {
    this.bus = setup.bus();
    this.self = setup.id();
    this.admission = admission;
    this.complete = complete;
    this.graceMillis = setup.config().timeouts().coordinateMillis();
  }

  void follow(Topology newer) {
    topology = newer;
    adoptedMillis = Transport.millis();
  }

  void digest(GrpcServerRequest<DigestRequest, DigestAnswer> call) {
    Caller<DigestAnswer> caller = new Caller<>(call);
    call.handler(
        request ->
            answer(
                caller,
                refusal(request.getCluster(), request.getProtocol(), request.getWorker()),
                request.getEpoch(),
                state -> digest(state, request, caller)));
  }

  void versions(GrpcServerRequest<VersionsRequest, VersionsBatch> call) {
    Caller<VersionsBatch> caller = new Caller<>(call);
    call.handler(
        request ->
            answer(
                caller,
                refusal(request.getCluster(), request.getProtocol(), request.getWorker()),
                request.getEpoch(),
                state -> versions(state, request, caller)));
  }

  private String refusal(String cluster, int protocol, int worker) {
    return admission
        .refusal(cluster, protocol, worker)
        .map(refusal -> refusal.getDetail())
        .orElse("");
  }

  /** What an admitted caller gets; fails with {@link IllegalArgumentException} on nonsense. */
  private interface Work {
    Future<Void> under(Topology state);
  }

  private void answer(Caller<?> caller, String refusal, long epoch, Work work) {
    Topology state = topology;
    if (!refusal.isEmpty() || state == null) {
      caller.end(GrpcStatus.FAILED_PRECONDITION, refusal);
    } else if (state.state().epoch() != epoch) {
      String why = "this worker goes by epoch %d, not %d".formatted(state.state().epoch(), epoch);
      caller.end(GrpcStatus.FAILED_PRECONDITION, why);
    } else if (!complete.getAsBoolean()) {
      caller.end(GrpcStatus.UNAVAILABLE, "this worker does not hold its own data yet");
    } else if (isInGrace(state)) {
      String why = "writes from before epoch %d may be under way".formatted(epoch);
      caller.end(GrpcStatus.UNAVAILABLE, why);
    } else if (calls >= CALLS_MAX) {
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

  private Future<Void> digest(Topology state, DigestRequest request, Caller<DigestAnswer> caller) {
    new RingRanges(request.getBits()).check(request.getFrom(), request.getCount());
    Digesting.Ranges question =
        new Digesting.Ranges(
            state,
            self,
            request.getWorker(),
            request.getBits(),
            request.getFrom(),
            request.getCount(),
            Comparison.DEADLINE_MILLIS);
    return bus.ask(Addresses.DIGEST, question, Comparison.DEADLINE_MILLIS)
        .compose(
            digests ->
                caller.write(
                    DigestAnswer.newBuilder()
                        .addAllDigests(digests.sums())
                        .setKeys(digests.keys())
                        .build()));
  }

  /** The next page is read when the one before has left. */
  private Future<Void> versions(
      Topology state, VersionsRequest request, Caller<VersionsBatch> caller) {
    RingRanges cut = new RingRanges(request.getBits());
    List<Integer> ranges = request.getRangesList();
    ranges.forEach(range -> cut.check(range, 1));
    Pages pages =
        new Pages(
            bus,
            new Inventory.Shared(
                state, self, request.getWorker(), cut.bits(), ranges, Bytes.EMPTY));
    return Steps.repeat(
        () ->
            pages
                .next()
                .compose(items -> caller.write(batch(items)))
                .map(written -> pages.hasNext()));
  }

  private static VersionsBatch batch(List<Inventory.Item> items) {
    VersionsBatch.Builder batch = VersionsBatch.newBuilder();
    for (Inventory.Item item : items) {
      batch.addKeys(
          KeyVersion.newBuilder()
              .setKey(Wire.bytes(item.key().bytes()))
              .setVersion(Wire.version(item.version())));
    }
    return batch.build();
  }
}
