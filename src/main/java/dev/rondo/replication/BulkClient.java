package dev.rondo.replication;

import dev.rondo.core.member.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Calls peers on connections of their own, so that bulk data is not in the way of requests.
 *
 * <p>Nothing is waited for without a deadline, the connection included: the machine of a process
 * that was just stopped still takes it, and then nobody ever says a word. All futures complete on
 * the event loop of the verticle; those of {@link Future#timeout} may do so elsewhere.
 */
final class BulkClient {

  private final Vertx vertx;
  private final GrpcClient client;

  /** Has no connection yet. */
  BulkClient(Vertx vertx) {
    this.vertx = vertx;
    this.client = Transport.client(vertx);
  }

  /**
   * A call on which nothing was sent yet; fails when there is none in time, and one that comes
   * later is cancelled.
   */
  <Q, A> Future<GrpcClientRequest<Q, A>> open(
      Member peer, ServiceMethod<A, Q> method, long timeoutMillis) {
    SocketAddress address = SocketAddress.inetSocketAddress(peer.grpcPort(), peer.host());
    Future<GrpcClientRequest<Q, A>> opened = client.request(address, method);
    return within(timeoutMillis, opened)
        .onFailure(failure -> opened.onSuccess(GrpcClientRequest::cancel));
  }

  /** All that the peer answers to one question, complete in time. */
  <Q, A> Future<List<A>> ask(
      Member peer, ServiceMethod<A, Q> method, Q question, long timeoutMillis) {
    long deadline = Transport.millis() + timeoutMillis;
    return open(peer, method, timeoutMillis)
        .compose(
            request ->
                within(deadline - Transport.millis(), answers(request, question))
                    .onFailure(failure -> request.cancel()));
  }

  private static <Q, A> Future<List<A>> answers(GrpcClientRequest<Q, A> request, Q question) {
    // Before anything is sent: what has passed when somebody begins to listen is not told again.
    Future<List<A>> answers = request.response().compose(BulkClient::collect);
    return request.end(question).compose(sent -> answers);
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

  private <T> Future<T> within(long millis, Future<T> future) {
    Promise<T> first = Promise.promise();
    long timer =
        vertx.setTimer(
            Math.max(1, millis), late -> first.tryFail(new TimeoutException("it says nothing")));
    future.onComplete(first::tryComplete, first::tryFail);
    return first.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  Future<Void> close() {
    return client.close();
  }
}
