package dev.rondo.replication;

import static dev.rondo.replication.Fixture.record;
import static dev.rondo.replication.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import dev.rondo.http.RawCall;
import dev.rondo.proto.Answers;
import dev.rondo.proto.DigestRequest;
import dev.rondo.proto.Hello;
import dev.rondo.proto.PeerGrpcClient;
import dev.rondo.proto.Put;
import dev.rondo.proto.Request;
import dev.rondo.proto.Requests;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClientRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers that are no peers, or do not behave as peers do. */
class StrangersTest {

  private static final Map<String, String> GRPC = Map.of("content-type", "application/grpc");
  private static final String DIGEST = "/rondo.v1.Peer/Digest";

  private final Member[] members = Fixture.members(2);
  private final Topology topology = Fixture.topology(1, members);
  private final TestNode node = new TestNode(0, topology);

  // A single loop: what is written in one turn leaves before any answer is heard.
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final List<Answers> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    node.start();
  }

  @AfterEach
  void stop() {
    node.close();
    await(vertx.close());
  }

  private GrpcClientRequest<Requests, Answers> open() {
    GrpcClientRequest<Requests, Answers> call =
        await(
            Transport.client(vertx)
                .request(
                    SocketAddress.inetSocketAddress(members[0].grpcPort(), Fixture.HOST),
                    PeerGrpcClient.Exchange));
    call.response().onSuccess(response -> response.handler(heard::add));
    return call;
  }

  private static Requests hello(String cluster) {
    Hello words = Hello.newBuilder().setCluster(cluster).setProtocol(1).setWorker(1).build();
    return Requests.newBuilder().setHello(words).build();
  }

  private static Requests put(Key key, StoredRecord record) {
    Put put = WireRequests.put(key, record);
    return Requests.newBuilder().addRequests(Request.newBuilder().setId(1).setPut(put)).build();
  }

  /** Sends the message as a peer and returns the fault in its answer. */
  private String fault(Requests message) {
    GrpcClientRequest<Requests, Answers> call = open();
    call.write(hello("test"));
    call.write(message);
    await().until(() -> heard.stream().anyMatch(answers -> answers.getAnswersCount() == 1));
    return heard.get(heard.size() - 1).getAnswers(0).getFault();
  }

  @Test
  void nothing_is_done_for_a_caller_that_was_refused() {
    Key key = Key.of("alpha");
    GrpcClientRequest<Requests, Answers> call = open();
    vertx.runOnContext(
        turn -> {
          call.write(hello("other"));
          call.write(put(key, record(key, "together with the hello")));
        });
    await().until(() -> !heard.isEmpty());
    assertThat(fault(Requests.newBuilder().addRequests(Request.newBuilder().setId(1)).build()))
        .as("a later call, which is answered after all of the first one")
        .isNotEmpty();
    assertThat(heard.get(0).getHello().getDetail())
        .isEqualTo("this is cluster 'test', not 'other'");
    assertThat(node.storage.records).isEmpty();
  }

  @Test
  void a_version_that_no_worker_can_have_stamped_is_not_taken_in() {
    Key key = Key.of("alpha");
    for (Version wrong :
        List.of(
            Version.of(System.currentTimeMillis(), 0, -1),
            Version.of(System.currentTimeMillis(), 0, Member.ID_MAX + 1),
            Version.NONE)) {
      heard.clear();
      assertThat(fault(put(key, StoredRecord.tombstone(key, wrong))))
          .isEqualTo("no worker stamps version " + wrong);
    }
    assertThat(node.storage.records).isEmpty();
  }

  @Test
  void a_key_that_is_no_text_is_not_taken_in() {
    Key key = Key.of(Bytes.wrap(new byte[] {'a', (byte) 0xff}));
    assertThat(fault(put(key, record(key, "value")))).isEqualTo("key is no UTF-8");
    assertThat(node.storage.records).isEmpty();
  }

  @Test
  void words_of_a_stranger_are_repeated_in_one_short_line() {
    open().write(hello("a\nforged line\n" + "x".repeat(10_000)));
    await().until(() -> !heard.isEmpty());
    assertThat(heard.get(0).getHello().getDetail())
        .contains("'a?forged line?xxx")
        .hasSizeLessThan(300);
  }

  @Test
  void a_call_without_its_question_is_ended() {
    RawCall.Answer answer = raw(Buffer.buffer());
    assertThat(answer.grpc()).isEqualTo(3);
    assertThat(answer.message()).isEqualTo("the%20question%20is%20missing");
  }

  @Test
  void a_message_that_cannot_be_read_ends_the_call_in_words() {
    for (String method : List.of("Exchange", "Pull", "Digest", "Versions", "Branches", "Buckets")) {
      RawCall.Answer answer =
          new RawCall(members[0].grpcPort(), HttpVersion.HTTP_2)
              .call("/rondo.v1.Peer/" + method, GRPC, RawCall.frame(0, new byte[] {-1, -1}));
      assertThat(answer.grpc()).as(method).isEqualTo(3);
      assertThat(answer.message()).as(method).startsWith("the%20message%20is%20malformed");
    }
  }

  @Test
  void a_second_question_in_one_call_changes_nothing() {
    Buffer wrong = RawCall.frame(0, DigestRequest.newBuilder().setWorker(1).build().toByteArray());
    assertThat(raw(wrong.copy().appendBuffer(wrong)).grpc()).isEqualTo(9);
  }

  @Test
  void compressed_calls_are_refused() {
    RawCall.Answer answer =
        new RawCall(members[0].grpcPort(), HttpVersion.HTTP_2)
            .call(
                DIGEST,
                Map.of("content-type", "application/grpc", "grpc-encoding", "gzip"),
                RawCall.frame(1, new byte[] {1, 2, 3}));
    assertThat(answer.grpc()).isEqualTo(12);
  }

  @Test
  void what_says_it_is_compressed_and_does_not_say_how_ends_the_call() {
    assertThat(raw(RawCall.frame(1, DigestRequest.getDefaultInstance().toByteArray())).grpc())
        .isEqualTo(9);
  }

  private RawCall.Answer raw(Buffer body) {
    return new RawCall(members[0].grpcPort(), HttpVersion.HTTP_2).call(DIGEST, GRPC, body);
  }
}
