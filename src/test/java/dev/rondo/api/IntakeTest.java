package dev.rondo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.core.record.Bytes;
import dev.rondo.http.Intake;
import dev.rondo.http.RawClient;
import dev.rondo.http.ServerOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More values than there is room for: their clients wait, and all of them get through. */
class IntakeTest {
  private static final int LARGE_BYTES = 256 << 10;
  private static final int SMALL_BYTES = 100;

  /** For half of the values; all may wait. */
  private static final int ROOM_BYTES = 48 * LARGE_BYTES;

  private static final int SILENCE_MILLIS = 2000;

  /** As many as one connection takes, nearly. */
  private static final int MANY = 90;

  private static final int TOO_MANY = 200;

  private final Vertx vertx = Vertx.vertx();
  private final Receiver receiver = new Receiver();

  /** Keeps large values until it is told to let go of them. */
  private static final class Receiver extends VerticleBase {
    private final Intake[] intake = new Intake[1];
    private final ConcurrentLinkedQueue<Runnable> kept = new ConcurrentLinkedQueue<>();
    private final AtomicInteger bytes = new AtomicInteger();
    private final AtomicInteger bytesAtMost = new AtomicInteger();
    private volatile boolean keeps;
    private volatile int port;

    @Override
    public Future<HttpServer> start() {
      intake[0] = new Intake(vertx, LARGE_BYTES, ROOM_BYTES, SILENCE_MILLIS, 60_000);
      return vertx
          .createHttpServer(ServerOptions.of(Server.config(Server.HTTP)))
          .requestHandler(this::receive)
          .listen()
          .onSuccess(server -> port = server.actualPort());
    }

    private void receive(HttpServerRequest request) {
      intake[0]
          .read(request)
          .onFailure(refused -> request.response().setStatusCode(503).end())
          .onSuccess(value -> keep(request, value));
    }

    private void keep(HttpServerRequest request, Bytes value) {
      bytesAtMost.accumulateAndGet(bytes.addAndGet(value.length()), Math::max);
      if (keeps && value.length() == LARGE_BYTES) {
        kept.add(() -> context.runOnContext(later -> letGo(request, value)));
      } else {
        vertx.setTimer(1, soon -> letGo(request, value));
      }
    }

    private void letGo(HttpServerRequest request, Bytes value) {
      bytes.addAndGet(-value.length());
      request.response().end();
      intake[0].release(value);
    }

    void letGo() {
      keeps = false;
      for (Runnable one = kept.poll(); one != null; one = kept.poll()) {
        one.run();
      }
    }
  }

  @BeforeEach
  void start() {
    vertx.deployVerticle(receiver).await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void all_get_through_and_never_are_too_many_here(HttpClient.Version version) {
    HttpClient client = client(version);
    assertThat(put(client, SMALL_BYTES).join().version()).isEqualTo(version);
    putMany(client, MANY).forEach(one -> assertThat(one.join().statusCode()).isEqualTo(200));
    assertThat(receiver.bytesAtMost.get())
        .isGreaterThan(LARGE_BYTES)
        .isLessThanOrEqualTo(ROOM_BYTES + LARGE_BYTES);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void small_values_do_not_wait_behind_large_ones(HttpClient.Version version) {
    HttpClient client = client(version);
    put(client, SMALL_BYTES).join();
    receiver.keeps = true;
    List<CompletableFuture<HttpResponse<Void>>> large = putMany(client, MANY);
    await().until(() -> !receiver.kept.isEmpty());
    assertThat(put(client, SMALL_BYTES).join().statusCode()).isEqualTo(200);
    assertThat(large).anyMatch(one -> !one.isDone());
    receiver.letGo();
    large.forEach(one -> assertThat(one.join().statusCode()).isEqualTo(200));
  }

  @Test
  void who_waits_in_vain_is_told_so_and_takes_no_room() {
    HttpClient client = client(HttpClient.Version.HTTP_1_1);
    receiver.keeps = true;
    List<CompletableFuture<HttpResponse<Void>>> large = putMany(client, MANY);
    await().until(() -> large.stream().anyMatch(CompletableFuture::isDone));
    assertThat(receiver.kept.size()).isBetween(1, 48);
    await()
        .until(
            () ->
                large.stream().filter(CompletableFuture::isDone).count()
                    == MANY - receiver.kept.size());
    receiver.letGo();
    assertThat(large.stream().map(one -> one.join().statusCode()).distinct())
        .containsExactlyInAnyOrder(200, 503);
    for (int i = 0; i < MANY; i++) {
      assertThat(put(client, LARGE_BYTES).join().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void halves_of_values_do_not_wait_for_each_other() {
    String head = "PUT / HTTP/1.1\r\nHost: rondo\r\nContent-Length: " + LARGE_BYTES + "\r\n\r\n";
    byte[] half = new byte[LARGE_BYTES / 2];
    List<RawClient> clients =
        IntStream.range(0, MANY).mapToObj(i -> new RawClient(receiver.port)).toList();
    clients.forEach(client -> client.send(head).send(half));
    clients.forEach(client -> client.send(half));
    clients.forEach(client -> assertThat(client.receive().status()).isEqualTo(200));
    clients.forEach(RawClient::close);
  }

  @Test
  void nobody_waits_behind_more_than_there_is_room_for() {
    HttpClient client = client(HttpClient.Version.HTTP_1_1);
    receiver.keeps = true;
    List<CompletableFuture<HttpResponse<Void>>> large = putMany(client, TOO_MANY);
    await()
        .atMost(Duration.ofMillis(SILENCE_MILLIS))
        .until(
            () -> large.stream().filter(CompletableFuture::isDone).count() > TOO_MANY - 2 * MANY);
    receiver.letGo();
    large.forEach(one -> assertThat(one.join().statusCode()).isIn(200, 503));
    assertThat(put(client, LARGE_BYTES).join().statusCode()).isEqualTo(200);
  }

  private static HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().version(version).build();
  }

  private List<CompletableFuture<HttpResponse<Void>>> putMany(HttpClient client, int many) {
    return IntStream.range(0, many).mapToObj(i -> put(client, LARGE_BYTES)).toList();
  }

  private CompletableFuture<HttpResponse<Void>> put(HttpClient client, int bytes) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receiver.port + "/"))
            .PUT(BodyPublishers.ofByteArray(new byte[bytes]))
            .build();
    return client.sendAsync(request, BodyHandlers.discarding());
  }
}
