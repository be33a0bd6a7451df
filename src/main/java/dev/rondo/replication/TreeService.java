package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Branching;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Inventory;
import dev.rondo.core.member.Topology;
import dev.rondo.core.merkle.LastCut;
import dev.rondo.core.merkle.RingCut;
import dev.rondo.proto.BranchesAnswer;
import dev.rondo.proto.BranchesRequest;
import dev.rondo.proto.BucketsRequest;
import dev.rondo.proto.VersionsBatch;
import io.vertx.core.Future;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;

/** Tells peers what this worker holds, out of its Merkle trees. */
final class TreeService {

  private final Bus bus;
  private final CompareGate gate;
  private final LastCut cuts = new LastCut();

  TreeService(NodeSetup setup, CompareGate gate) {
    this.bus = setup.bus();
    this.gate = gate;
  }

  void branches(GrpcServerRequest<BranchesRequest, BranchesAnswer> call) {
    Caller.hear(
        call,
        BranchesRequest.parser(),
        (request, caller) ->
            gate.answer(caller, asker(request), state -> branches(state, request, caller)));
  }

  void buckets(GrpcServerRequest<BucketsRequest, VersionsBatch> call) {
    Caller.hear(
        call,
        BucketsRequest.parser(),
        (request, caller) ->
            gate.answer(caller, asker(request), state -> buckets(state, request, caller)));
  }

  private static CompareGate.Asker asker(BranchesRequest request) {
    return new CompareGate.Asker(
        request.getCluster(), request.getProtocol(), request.getWorker(), request.getEpoch());
  }

  private static CompareGate.Asker asker(BucketsRequest request) {
    return new CompareGate.Asker(
        request.getCluster(), request.getProtocol(), request.getWorker(), request.getEpoch());
  }

  private Future<Void> branches(
      Topology state, BranchesRequest request, Caller<BranchesAnswer> caller) {
    int level = request.getLevel();
    RingCut cut = cuts.of(state);
    cut.check(level, List.of());
    cut.check(Math.max(0, level - 1), request.getParentsList());
    Branching.Branches question = new Branching.Branches(state, level, request.getParentsList());
    return bus.ask(Addresses.BRANCHES, question, Comparison.DEADLINE_MILLIS)
        .compose(answer -> caller.write(answer(answer)));
  }

  private static BranchesAnswer answer(Branching.Answer answer) {
    BranchesAnswer.Builder words = BranchesAnswer.newBuilder();
    if (answer instanceof Branching.Answer.Digests known) {
      words.addAllDigests(known.digests());
    } else {
      words.setAbsent(true);
    }
    return words.build();
  }

  private Future<Void> buckets(
      Topology state, BucketsRequest request, Caller<VersionsBatch> caller) {
    RingCut cut = cuts.of(state);
    cut.check(cut.depth(), request.getBucketsList());
    Pages pages =
        Pages.of(
            bus,
            Addresses.BUCKETS,
            cursor -> new Inventory.Buckets(state, request.getBucketsList(), cursor));
    return WireVersions.send(pages, caller);
  }
}
