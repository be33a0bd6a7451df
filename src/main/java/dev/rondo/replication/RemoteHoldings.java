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
import io.vertx.grpc.common.ServiceMethod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a peer holds, to be compared with this worker; asked on the connection for bulk data. */
final class RemoteHoldings {

  private final BulkClient client;
  private final String cluster;
  private long moved;

  RemoteHoldings(BulkClient client, String cluster) {
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
    moved += question.getSerializedSize();
    return client
        .ask(peer, method, question, Comparison.DEADLINE_MILLIS)
        .onSuccess(answers -> answers.forEach(answer -> moved += answer.getSerializedSize()));
  }
}
