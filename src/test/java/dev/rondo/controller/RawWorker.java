package dev.rondo.controller;

import static dev.rondo.controller.TestController.await;

import dev.rondo.config.RingConfig;
import dev.rondo.proto.Beat;
import dev.rondo.proto.ControllerGrpcClient;
import dev.rondo.proto.FromController;
import dev.rondo.proto.FromWorker;
import dev.rondo.proto.Registration;
import dev.rondo.wire.StateWire;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A worker that says what a test wants it to say, and nothing by itself. */
final class RawWorker implements AutoCloseable {
  final List<FromController> heard = new CopyOnWriteArrayList<>();
  volatile boolean over;
  private final Vertx vertx = Vertx.vertx();
  private final GrpcClientRequest<FromWorker, FromController> call;

  RawWorker(int port) {
    call =
        await(
            GrpcClient.client(vertx)
                .request(
                    SocketAddress.inetSocketAddress(port, TestConfigs.HOST),
                    ControllerGrpcClient.Attend));
    call.exceptionHandler(failure -> over = true);
    call.response()
        .onSuccess(
            response -> {
              response.handler(heard::add);
              response.exceptionHandler(failure -> over = true);
              response.endHandler(end -> over = true);
            })
        .onFailure(failure -> over = true);
  }

  /** The words of a member that is all right. */
  static Registration.Builder words(int id, RingConfig ring) {
    return Registration.newBuilder()
        .setCluster("test")
        .setProtocol(1)
        .setWorker(id)
        .setHost(TestConfigs.HOST)
        .setHttpPort(5001 + id)
        .setGrpcPort(6001 + id)
        .setVersion("1")
        .setPid(100)
        .setStartedAtMillis(1_000)
        .setState(StateWire.of(ring.firstState()));
  }

  void register(Registration.Builder words) {
    say(FromWorker.newBuilder().setRegistration(words).build());
  }

  void beat(long epoch) {
    say(FromWorker.newBuilder().setBeat(Beat.newBuilder().setEpoch(epoch)).build());
  }

  void say(FromWorker message) {
    vertx.runOnContext(now -> call.write(message));
  }

  boolean isWelcome() {
    return heard.stream().anyMatch(FromController::hasWelcome);
  }

  /** The detail of the refusal; empty for none. */
  String refusal() {
    return heard.stream()
        .filter(FromController::hasRefusal)
        .map(message -> message.getRefusal().getDetail())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
