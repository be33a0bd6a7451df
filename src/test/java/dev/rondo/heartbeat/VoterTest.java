package dev.rondo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.bus.Bus;
import dev.rondo.bus.Notes;
import dev.rondo.bus.Storing;
import dev.rondo.core.accord.Ballot;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.proto.Accept;
import dev.rondo.proto.Accepted;
import dev.rondo.proto.Prepare;
import dev.rondo.proto.Promise;
import dev.rondo.wire.BallotWire;
import dev.rondo.wire.StateWire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker answers when it is asked to vote, and what it remembers of that. */
class VoterTest {
  private static final Ballot LOW = new Ballot(1, "a");
  private static final Ballot HIGH = new Ballot(2, "a");

  private final ClusterState own =
      new ClusterState(4, 10, new Quorums(1, 1, 1), List.of(new Member(0, "host", 1, 2)));
  private final ClusterState next = new ClusterState(5, 10, own.quorums(), own.members());
  private final StubStorage storage = new StubStorage();
  private Vertx vertx;
  private Bus bus;
  private Voter voter;

  @BeforeEach
  void prepare() {
    vertx = Vertx.vertx();
    bus = Bus.of(vertx);
    storage.serve(bus);
    voter = voter();
  }

  @AfterEach
  void close() {
    get(vertx.close());
  }

  @Test
  void a_promise_survives_a_restart() {
    assertThat(ask(HIGH).getGranted()).isTrue();
    voter = voter();
    Promise refused = ask(LOW);
    assertThat(refused.getGranted()).isFalse();
    assertThat(BallotWire.read(refused.getPromised())).isEqualTo(HIGH);
  }

  @Test
  void what_was_accepted_survives_a_restart() {
    assertThat(accept(LOW).getAccepted()).isTrue();
    voter = voter();
    Promise granted = ask(HIGH);
    assertThat(granted.getGranted()).isTrue();
    assertThat(StateWire.read(granted.getAccepted())).contains(next);
    assertThat(BallotWire.read(granted.getAcceptedBallot())).isEqualTo(LOW);
  }

  @Test
  void a_state_is_not_accepted_against_a_promise() {
    ask(HIGH);
    Accepted refused = accept(LOW);
    assertThat(refused.getAccepted()).isFalse();
    assertThat(BallotWire.read(refused.getPromised())).isEqualTo(HIGH);
  }

  @Test
  void what_cannot_be_kept_is_not_promised() {
    storage.result = Storing.Result.Refusal.DISK_FULL;
    assertThat(ask(HIGH).getGranted()).isFalse();
    assertThat(accept(HIGH).getAccepted()).isFalse();
    storage.result = Storing.Result.Done.DURABLE;
    assertThat(ask(LOW).getGranted()).isTrue();
  }

  @Test
  void who_asks_about_a_decided_epoch_is_told_the_state() {
    Promise refused =
        get(voter.prepare(Prepare.newBuilder().setEpoch(4).setBallot(BallotWire.of(HIGH)).build()));
    assertThat(refused.getGranted()).isFalse();
    assertThat(StateWire.read(refused.getAhead())).contains(own);
  }

  @Test
  void nothing_is_no_state_to_accept() {
    assertThatThrownBy(() -> voter.accept(Accept.getDefaultInstance()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_note_that_cannot_be_read_is_no_blank_one() {
    storage.notes.put(VoteDocument.NAME, Bytes.utf8("{\"epoch\":5}"));
    assertThatThrownBy(this::voter).hasMessageContaining("cluster.vote cannot be read");
  }

  private Voter voter() {
    Voter made = new Voter(new View(new Topology(own)), new Notes(bus, 1_000));
    get(made.load());
    return made;
  }

  private Promise ask(Ballot ballot) {
    return get(
        voter.prepare(Prepare.newBuilder().setEpoch(5).setBallot(BallotWire.of(ballot)).build()));
  }

  private Accepted accept(Ballot ballot) {
    return get(
        voter.accept(
            Accept.newBuilder()
                .setBallot(BallotWire.of(ballot))
                .setState(StateWire.of(next))
                .build()));
  }

  private static <T> T get(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
