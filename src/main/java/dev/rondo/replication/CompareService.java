package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Digesting;
import dev.rondo.bus.Inventory;
import dev.rondo.core.digest.RingRanges;
import dev.rondo.core.member.Topology;
import dev.rondo.proto.DigestAnswer;
import dev.rondo.proto.DigestRequest;
import dev.rondo.proto.VersionsBatch;
import dev.rondo.proto.VersionsRequest;
import io.vertx.core.Future;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;

/** Tells peers what this worker holds, out of its index. */
final class CompareService {

  private final Bus bus;
  private final CompareGate gate;
  private final int self;

  CompareService(NodeSetup setup, CompareGate gate) {
    this.bus = setup.bus();
    this.self = setup.id();
    this.gate = gate;
  }

  void digest(GrpcServerRequest<DigestRequest, DigestAnswer> call) {
    Caller.hear(
        call,
        DigestRequest.parser(),
        (request, caller) ->
            gate.answer(caller, asker(request), state -> digest(state, request, caller)));
  }

  void versions(GrpcServerRequest<VersionsRequest, VersionsBatch> call) {
    Caller.hear(
        call,
        VersionsRequest.parser(),
        (request, caller) ->
            gate.answer(caller, asker(request), state -> versions(state, request, caller)));
  }

  private static CompareGate.Asker asker(DigestRequest request) {
    return new CompareGate.Asker(
        request.getCluster(), request.getProtocol(), request.getWorker(), request.getEpoch());
  }

  private static CompareGate.Asker asker(VersionsRequest request) {
    return new CompareGate.Asker(
        request.getCluster(), request.getProtocol(), request.getWorker(), request.getEpoch());
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
            request.getCount());
    return bus.ask(Addresses.DIGEST, question, Comparison.DEADLINE_MILLIS)
        .compose(
            digests ->
                caller.write(
                    DigestAnswer.newBuilder()
                        .addAllDigests(digests.sums())
                        .setKeys(digests.keys())
                        .build()));
  }

  private Future<Void> versions(
      Topology state, VersionsRequest request, Caller<VersionsBatch> caller) {
    RingRanges cut = new RingRanges(request.getBits());
    List<Integer> ranges = request.getRangesList();
    cut.check(ranges);
    Pages pages =
        Pages.of(
            bus,
            Addresses.INVENTORY,
            cursor ->
                new Inventory.Shared(state, self, request.getWorker(), cut.bits(), ranges, cursor));
    return WireVersions.send(pages, caller);
  }
}
