package dev.rondo.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.member.Member;
import dev.rondo.proto.DigestAnswer;
import dev.rondo.proto.DigestRequest;
import dev.rondo.proto.PeerGrpcClient;
import dev.rondo.proto.PeerGrpcService;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.server.GrpcServer;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls for bulk data to a peer that may say nothing any more. */
class BulkClientTest {

  private static final DigestRequest QUESTION = DigestRequest.getDefaultInstance();

  private final Vertx vertx = Vertx.vertx();
  private final BulkClient client = new BulkClient(vertx);
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean answers = true;
  private StallingProxy proxy;
  private Member peer;

  @BeforeEach
  void start() {
    GrpcServer server = Transport.server(vertx);
    server.callHandler(
        PeerGrpcService.Digest,
        call -> {
          calls.incrementAndGet();
          if (answers) {
            call.response().end(DigestAnswer.getDefaultInstance());
          }
        });
    Future<HttpServer> listening =
        vertx.createHttpServer().requestHandler(server).listen(0, Fixture.HOST);
    proxy = new StallingProxy(TestNode.await(listening).actualPort());
    peer = new Member(1, Fixture.HOST, 1, proxy.port());
  }

  @AfterEach
  void stop() {
    proxy.close();
    TestNode.await(vertx.close());
  }

  private Future<List<DigestAnswer>> ask(long timeoutMillis) {
    return client.ask(peer, PeerGrpcClient.Digest, QUESTION, timeoutMillis);
  }

  @Test
  void a_peer_that_takes_the_connection_and_says_nothing_is_given_up() {
    proxy.stall();
    assertThat(TestNode.failure(ask(200))).isInstanceOf(TimeoutException.class);
  }

  @Test
  void a_peer_that_does_not_answer_is_given_up() {
    TestNode.await(ask(30_000));
    answers = false;
    assertThat(TestNode.failure(ask(500))).isInstanceOf(TimeoutException.class);
    assertThat(calls).hasValue(2);
  }

  @Test
  void a_question_that_was_given_up_is_not_asked_later() {
    proxy.stall();
    TestNode.failure(ask(200));
    proxy.resume();
    assertThat(TestNode.await(ask(5_000))).hasSize(1);
    assertThat(calls).hasValue(1);
  }

  @Test
  void whoever_asked_is_told_on_the_own_event_loop() {
    proxy.stall();
    Promise<Boolean> told = Promise.promise();
    vertx.runOnContext(
        now -> {
          Thread loop = Thread.currentThread();
          ask(200).onComplete(done -> told.complete(Thread.currentThread() == loop));
        });
    assertThat(TestNode.await(told.future())).isTrue();
  }
}
