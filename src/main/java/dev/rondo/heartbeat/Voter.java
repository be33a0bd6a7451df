package dev.rondo.heartbeat;

import dev.rondo.bus.Notes;
import dev.rondo.core.accord.Acceptor;
import dev.rondo.core.accord.Ballot;
import dev.rondo.core.accord.Vote;
import dev.rondo.core.member.ClusterState;
import dev.rondo.proto.Accept;
import dev.rondo.proto.Accepted;
import dev.rondo.proto.Prepare;
import dev.rondo.proto.Promise;
import dev.rondo.wire.BallotWire;
import dev.rondo.wire.StateWire;
import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This worker's part in agreeing on the next state: an {@link Acceptor} that is durable before
 * anything is answered. It is asked one thing after the other.
 */
final class Voter {
  private static final Logger log = LoggerFactory.getLogger(Voter.class);

  private final View view;
  private final Notes notes;
  private Acceptor acceptor = Acceptor.BLANK;

  Voter(View view, Notes notes) {
    this.view = view;
    this.notes = notes;
  }

  Future<Void> load() {
    return notes
        .recall(VoteDocument.NAME)
        .map(
            note -> {
              acceptor = VoteDocument.decode(note);
              return null;
            });
  }

  /** Goes on with what another generation promised. */
  void resume(Acceptor promised) {
    acceptor = promised;
  }

  Acceptor acceptor() {
    return acceptor;
  }

  Future<Promise> prepare(Prepare question) {
    Ballot ballot = BallotWire.read(question.getBallot());
    Promise.Builder answer =
        Promise.newBuilder().setEpoch(question.getEpoch()).setBallot(question.getBallot());
    return keep(acceptor.promise(own().epoch(), question.getEpoch(), ballot))
        .map(kept -> (kept ? granted(answer) : refused(answer)).build());
  }

  /** Fails with {@link IllegalArgumentException} when the state is none. */
  Future<Accepted> accept(Accept question) {
    ClusterState state =
        StateWire.read(question.getState())
            .orElseThrow(() -> new IllegalArgumentException("no state to accept"));
    Ballot ballot = BallotWire.read(question.getBallot());
    Accepted.Builder answer =
        Accepted.newBuilder().setEpoch(state.epoch()).setBallot(question.getBallot());
    return keep(acceptor.accept(own().epoch(), ballot, state))
        .map(
            kept ->
                kept
                    ? answer.setAccepted(true).build()
                    : answer.setPromised(BallotWire.of(acceptor.promised())).build());
  }

  private Promise.Builder granted(Promise.Builder answer) {
    Vote accepted = acceptor.accepted();
    if (accepted != null) {
      answer
          .setAccepted(StateWire.of(accepted.state()))
          .setAcceptedBallot(BallotWire.of(accepted.ballot()));
    }
    return answer.setGranted(true);
  }

  private Promise.Builder refused(Promise.Builder answer) {
    if (own().epoch() >= answer.getEpoch()) {
      answer.setAhead(StateWire.of(own()));
    }
    return answer.setPromised(BallotWire.of(acceptor.promised()));
  }

  /** Whether it is durable; what is not, was never promised. */
  private Future<Boolean> keep(Optional<Acceptor> next) {
    if (next.isEmpty()) {
      return Future.succeededFuture(false);
    }
    return notes
        .keep(VoteDocument.NAME, VoteDocument.encode(next.get()))
        .map(
            kept -> {
              acceptor = next.get();
              return true;
            })
        .recover(
            failure -> {
              log.warn("Vote not kept, and not given reason={}", failure.getMessage());
              return Future.succeededFuture(false);
            });
  }

  private ClusterState own() {
    return view.topology().state();
  }
}
