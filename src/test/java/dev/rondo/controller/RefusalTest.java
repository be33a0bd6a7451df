package dev.rondo.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.config.RingConfig;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Quorums;
import dev.rondo.http.RawCall;
import dev.rondo.proto.FromWorker;
import dev.rondo.proto.Registration;
import dev.rondo.proto.Report;
import dev.rondo.proto.Work;
import dev.rondo.wire.StateWire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the registry does not let in, and what it tells them. */
class RefusalTest {
  @TempDir Path data;
  private final RingConfig ring = TestConfigs.ring(2);
  private final int port = TestConfigs.freePort();
  private final List<RawWorker> workers = new ArrayList<>();
  private TestController controller;

  @BeforeEach
  void start() {
    controller = new TestController(ring, port, data);
  }

  @AfterEach
  void close() {
    workers.forEach(RawWorker::close);
    controller.close();
  }

  @Test
  void a_worker_of_another_cluster() {
    assertThat(refusal(words().setCluster("other")))
        .isEqualTo("this is the controller of cluster 'test', the worker belongs to 'other'");
  }

  @Test
  void words_of_a_stranger_are_repeated_in_one_short_line() {
    assertThat(refusal(words().setCluster("a\nforged line\n" + "x".repeat(10_000))))
        .contains("'a?forged line?xxx")
        .hasSizeLessThan(400);
  }

  @Test
  void a_message_beyond_the_limit_ends_the_call_once() {
    Buffer large = RawCall.frame(0, new byte[5 << 20]);
    RawCall.Answer answer =
        new RawCall(port, HttpVersion.HTTP_2)
            .call(
                "/rondo.v1.Controller/Attend",
                Map.of("content-type", "application/grpc"),
                large.copy().appendBuffer(large));
    assertThat(answer.grpc()).isEqualTo(8);
    assertThat(answer.message()).isEqualTo("the%20message%20is%20too%20large");
  }

  @Test
  void a_message_that_cannot_be_read_ends_the_call_in_words() {
    RawCall.Answer answer =
        new RawCall(port, HttpVersion.HTTP_2)
            .call(
                "/rondo.v1.Controller/Attend",
                Map.of("content-type", "application/grpc"),
                RawCall.frame(0, new byte[] {-1, -1}));
    assertThat(answer.grpc()).isEqualTo(3);
    assertThat(answer.message()).startsWith("the%20message%20is%20malformed");
  }

  @Test
  void compressed_calls_are_refused() {
    RawCall.Answer answer =
        new RawCall(port, HttpVersion.HTTP_2)
            .call(
                "/rondo.v1.Controller/Attend",
                Map.of("content-type", "application/grpc", "grpc-encoding", "gzip"),
                RawCall.frame(1, new byte[] {1, 2, 3}));
    assertThat(answer.grpc()).isEqualTo(12);
  }

  @Test
  void a_worker_that_speaks_another_protocol() {
    assertThat(refusal(words().setProtocol(2)))
        .isEqualTo("the controller speaks protocol 1, the worker 2");
  }

  @Test
  void a_worker_id_that_cannot_be() {
    assertThat(refusal(words().setWorker(10_000))).isEqualTo("worker ids are 0 to 9999");
    assertThat(refusal(words().setWorker(-1))).isEqualTo("worker ids are 0 to 9999");
  }

  @Test
  void a_host_that_cannot_be() {
    assertThat(refusal(words().setHost("a\nforged line")))
        .isEqualTo("'a?forged line' is neither the name nor the address of a host");
    assertThat(refusal(words().setHost("javascript:alert(1)//"))).contains("neither the name");
    assertThat(refusal(words().setHost("h".repeat(500_000)))).hasSizeLessThan(300);
    assertThat(refusal(words().setHost(""))).contains("neither the name");
  }

  @Test
  void a_member_that_listens_elsewhere() {
    assertThat(refusal(words().setHttpPort(1)))
        .isEqualTo(
            "the cluster has Worker 1 at http port 5002 and gRPC port 6002, it listens at 1 and"
                + " 6002");
  }

  @Test
  void a_second_process_of_a_worker_that_is_there() {
    register(words());
    assertThat(refusal(words().setPid(200))).isEqualTo("another process is Worker 1 already");
  }

  @Test
  void the_same_process_may_call_again() {
    RawWorker first = register(words());
    RawWorker second = register(words());
    await().until(() -> first.over);
    assertThat(second.over).isFalse();
    assertThat(controller.status(1)).isNotEqualTo(WorkerStatus.OFFLINE);
  }

  @Test
  void a_worker_with_another_state_of_the_same_epoch() {
    register(words());
    ClusterState other = new ClusterState(1, 99, new Quorums(1, 1, 1), ring.members());
    assertThat(refusal(words().setWorker(0).setHttpPort(0).setGrpcPort(0).setState(state(other))))
        .startsWith("it works by another state of epoch 1 than the cluster");
  }

  @Test
  void a_refusal_is_one_event_however_often_the_worker_tries() {
    refusal(words().setProtocol(2));
    refusal(words().setProtocol(2));
    assertThat(controller.events)
        .filteredOn(event -> event.kind().equals("refused"))
        .extracting(ClusterEvent::text)
        .containsExactly("Worker 1 was refused: the controller speaks protocol 1, the worker 2");
  }

  @Test
  void a_worker_that_is_no_member_is_let_in_and_shown() {
    RawWorker stranger = raw();
    stranger.register(words().setWorker(7).setHttpPort(5099));
    await().until(stranger::isWelcome);
    assertThat(controller.entry(7).url()).isEqualTo("http://127.0.0.1:5099");
  }

  @Test
  void who_does_not_begin_with_a_registration_is_hung_up_on() {
    RawWorker rude = raw();
    rude.beat(1);
    await().until(() -> rude.over);
    assertThat(rude.heard).isEmpty();
  }

  @Test
  void nonsense_ends_the_call_and_nothing_else() {
    RawWorker worker = register(words());
    Report nonsense = Report.newBuilder().addWork(Work.newBuilder().setKind("sleep")).build();
    worker.say(FromWorker.newBuilder().setReport(nonsense).build());
    await().until(() -> worker.over);
    assertThat(register(words()).over).isFalse();
  }

  private RawWorker register(Registration.Builder words) {
    RawWorker worker = raw();
    worker.register(words);
    await().until(worker::isWelcome);
    return worker;
  }

  private String refusal(Registration.Builder words) {
    RawWorker worker = raw();
    worker.register(words);
    await().until(() -> worker.over && !worker.refusal().isEmpty());
    return worker.refusal();
  }

  private RawWorker raw() {
    RawWorker worker = new RawWorker(port);
    workers.add(worker);
    return worker;
  }

  private Registration.Builder words() {
    return RawWorker.words(1, ring);
  }

  private static dev.rondo.proto.State state(ClusterState state) {
    return StateWire.of(state);
  }
}
