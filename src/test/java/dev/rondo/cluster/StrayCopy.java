package dev.rondo.cluster;

import com.google.protobuf.ByteString;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.proto.Answers;
import dev.rondo.proto.Hello;
import dev.rondo.proto.PeerGrpcClient;
import dev.rondo.proto.Put;
import dev.rondo.proto.Request;
import dev.rondo.proto.Requests;
import dev.rondo.proto.Stored;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A copy that one worker alone is handed, in the way of its peers: nobody was away. */
final class StrayCopy {

  private StrayCopy() {}

  /** Hands it to {@code worker} in the name of another member. */
  static void hand(
      int worker, int grpcPort, String cluster, int member, Key key, StoredRecord record) {
    Vertx vertx = Vertx.vertx();
    Promise<Stored.Code> stored = Promise.promise();
    try {
      client(vertx)
          .request(SocketAddress.inetSocketAddress(grpcPort, "127.0.0.1"), PeerGrpcClient.Exchange)
          .onComplete(
              call -> {
                answers(call, put(key, record), stored);
                call.write(Requests.newBuilder().setHello(hello(worker, cluster, member)).build());
              },
              stored::tryFail);
      if (stored.future().await(10, TimeUnit.SECONDS) != Stored.Code.DURABLE) {
        throw new IllegalStateException("not stored: " + stored.future().result());
      }
    } catch (TimeoutException late) {
      throw new IllegalStateException(late);
    } finally {
      vertx.close().await();
    }
  }

  private static GrpcClient client(Vertx vertx) {
    return GrpcClient.client(
        vertx,
        new GrpcClientOptions(),
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false));
  }

  private static void answers(
      GrpcClientRequest<Requests, Answers> call, Requests put, Promise<Stored.Code> stored) {
    call.response()
        .onComplete(
            response ->
                response.handler(
                    answer -> {
                      if (answer.hasHello()) {
                        call.write(put);
                      } else {
                        stored.tryComplete(answer.getAnswers(0).getStored().getCode());
                      }
                    }),
            stored::tryFail);
  }

  private static Hello hello(int worker, String cluster, int member) {
    return Hello.newBuilder()
        .setCluster(cluster)
        .setProtocol(1)
        .setWorker(member)
        .setWallMillis(System.currentTimeMillis())
        .setCallee(worker)
        .build();
  }

  private static Requests put(Key key, StoredRecord record) {
    Put put =
        Put.newBuilder()
            .setKey(ByteString.copyFrom(key.bytes().toArray()))
            .setRecord(ByteString.copyFrom(record.encoded().toArray()))
            .build();
    return Requests.newBuilder().addRequests(Request.newBuilder().setId(1).setPut(put)).build();
  }
}
