package dev.rondo.replication;

import com.google.protobuf.MessageLite;
import dev.rondo.bus.Digesting;
import dev.rondo.core.digest.Looks.Held;
import dev.rondo.core.member.Member;
import dev.rondo.core.record.Key;
import dev.rondo.proto.BranchesAnswer;
import dev.rondo.proto.BranchesRequest;
import dev.rondo.proto.BucketsRequest;
import dev.rondo.proto.DigestAnswer;
import dev.rondo.proto.DigestRequest;
import dev.rondo.proto.PeerGrpcClient;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a peer holds, to be compared with this worker; asked on the connection for bulk data. */
final class RemoteHoldings {

  private final GrpcClient client;
  private final String cluster;
  private long moved;

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

  Future<Map<Key, Held>> versions(Comparison comparison, List<Integer> ranges) {
    VersionsRequest question =
        VersionsRequest.newBuilder()
            .setCluster(cluster)
            .setProtocol(Transport.PROTOCOL)
            .setWorker(comparison.self())
            .setBits(Comparison.RANGES.bits())
            .addAllRanges(ranges)
            .setEpoch(comparison.epoch())
            .build();
    return ask(comparison.peer(), PeerGrpcClient.Versions, question).map(WireVersions::read);
  }

  /** Digests out of the peer's Merkle trees; empty while it has none. */
  Future<Optional<List<Long>>> branches(Comparison comparison, int level, List<Integer> parents) {
    BranchesRequest question =
        BranchesRequest.newBuilder()
            .setCluster(cluster)
            .setProtocol(Transport.PROTOCOL)
            .setWorker(comparison.self())
            .setEpoch(comparison.epoch())
            .setLevel(level)
            .addAllParents(parents)
            .build();
    return ask(comparison.peer(), PeerGrpcClient.Branches, question)
        .compose(
            answers ->
                answers.size() == 1
                    ? Future.succeededFuture(digests(answers.get(0)))
                    : Future.failedFuture(new IOException("it did not answer with digests")));
  }

  private static Optional<List<Long>> digests(BranchesAnswer answer) {
    return answer.getAbsent() ? Optional.empty() : Optional.of(answer.getDigestsList());
  }

  /** What the peer holds in some buckets of the Merkle trees. */
  Future<Map<Key, Held>> buckets(Comparison comparison, List<Integer> buckets) {
    BucketsRequest question =
        BucketsRequest.newBuilder()
            .setCluster(cluster)
            .setProtocol(Transport.PROTOCOL)
            .setWorker(comparison.self())
            .setEpoch(comparison.epoch())
            .addAllBuckets(buckets)
            .build();
    return ask(comparison.peer(), PeerGrpcClient.Buckets, question).map(WireVersions::read);
  }

  /** Bytes of all questions and answers so far. */
  long moved() {
    return moved;
  }

  private <Q extends MessageLite, A extends MessageLite> Future<List<A>> ask(
      Member peer, ServiceMethod<A, Q> method, Q question) {
    SocketAddress address = SocketAddress.inetSocketAddress(peer.grpcPort(), peer.host());
    moved += question.getSerializedSize();
    return client
        .request(address, method)
        .compose(request -> ask(request, question))
        .onSuccess(answers -> answers.forEach(answer -> moved += answer.getSerializedSize()));
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
