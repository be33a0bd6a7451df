package dev.rondo.replication;

import dev.rondo.bus.Digesting;
import dev.rondo.core.member.Member;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import dev.rondo.proto.DigestAnswer;
import dev.rondo.proto.DigestRequest;
import dev.rondo.proto.KeyVersion;
import dev.rondo.proto.PeerGrpcClient;
import dev.rondo.proto.VersionsBatch;
import dev.rondo.proto.VersionsRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a peer holds, to be compared with this worker; asked on the connection for bulk data. */
final class RemoteHoldings {

  private final GrpcClient client;
  private final String cluster;

  RemoteHoldings(GrpcClient client, String cluster) {
    this.client = client;
    this.cluster = cluster;
  }

  Future<Digesting.Digests> digests(Comparison comparison, int from, int count) {
    DigestRequest question =
        DigestRequest.newBuilder()
            .setCluster(cluster)
            .setProtocol(Transport.PROTOCOL)
            .setWorker(comparison.self())
            .setBits(Comparison.RANGES.bits())
            .setFrom(from)
            .setCount(count)
            .setEpoch(comparison.epoch())
            .build();
    return ask(comparison.peer(), PeerGrpcClient.Digest, question)
        .compose(answers -> digests(answers, count));
  }

  private static Future<Digesting.Digests> digests(List<DigestAnswer> answers, int count) {
    return answers.size() == 1 && answers.get(0).getDigestsCount() == count
        ? Future.succeededFuture(
            new Digesting.Digests(answers.get(0).getDigestsList(), answers.get(0).getKeys()))
        : Future.failedFuture(new IOException("it did not answer with " + count + " digests"));
  }

  Future<Map<Key, Version>> versions(Comparison comparison, List<Integer> ranges) {
    VersionsRequest question =
        VersionsRequest.newBuilder()
            .setCluster(cluster)
            .setProtocol(Transport.PROTOCOL)
            .setWorker(comparison.self())
            .setBits(Comparison.RANGES.bits())
            .addAllRanges(ranges)
            .setEpoch(comparison.epoch())
            .build();
    return ask(comparison.peer(), PeerGrpcClient.Versions, question).map(RemoteHoldings::versions);
  }

  private static Map<Key, Version> versions(List<VersionsBatch> batches) {
    Map<Key, Version> versions = new HashMap<>();
    for (VersionsBatch batch : batches) {
      for (KeyVersion item : batch.getKeysList()) {
        versions.put(Wire.key(item.getKey()), Wire.version(item.getVersion()));
      }
    }
    return versions;
  }

  private <Q, A> Future<List<A>> ask(Member peer, ServiceMethod<A, Q> method, Q question) {
    SocketAddress address = SocketAddress.inetSocketAddress(peer.grpcPort(), peer.host());
    return client.request(address, method).compose(request -> ask(request, question));
  }

  private static <Q, A> Future<List<A>> ask(GrpcClientRequest<Q, A> request, Q question) {
    return request
        .end(question)
        .compose(sent -> request.response())
        .compose(RemoteHoldings::collect)
        .timeout(Comparison.DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
        .onFailure(failure -> request.cancel());
  }

  private static <Q, A> Future<List<A>> collect(GrpcClientResponse<Q, A> response) {
    Promise<List<A>> all = Promise.promise();
    List<A> answers = new ArrayList<>();
    response.exceptionHandler(all::tryFail);
    response.errorHandler(error -> all.tryFail(new IOException("the call failed: " + error)));
    response.handler(answers::add);
    response.endHandler(
        end -> {
          if (response.status() == GrpcStatus.OK) {
            all.tryComplete(answers);
          } else {
            all.tryFail(
                new IOException(response.status().name() + ": " + response.statusMessage()));
          }
        });
    return all.future();
  }
}
