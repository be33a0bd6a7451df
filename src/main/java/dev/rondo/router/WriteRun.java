package dev.rondo.router;

import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.bus.Storing;
import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.core.quorum.Copy;
import dev.rondo.core.quorum.Requirements;
import dev.rondo.core.quorum.Verdict;
import dev.rondo.core.quorum.WriteRound;
import dev.rondo.core.record.StoredRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stamped write under way: sends what its round decides, and answers at the verdict. */
final class WriteRun implements Pacer.Waiting {

  private static final Logger log = LoggerFactory.getLogger(WriteRun.class);

  private final WriteCoordinator coordinator;
  private final WriteRound round;
  private final Requirements requirements;
  private final Writing.Write write;
  private final StoredRecord record;
  private final long deadline;
  private final long started = System.nanoTime();
  private final Promise<Outcome> promise = Promise.promise();
  private final List<Writing.Acknowledgement> acknowledgements = new ArrayList<>(3);
  private Storing.@Nullable Result ownRefusal;
  private boolean mayBeStored;
  private boolean repeated;
  private boolean finished;

  WriteRun(
      WriteCoordinator coordinator,
      WriteRound round,
      Requirements requirements,
      Writing.Write write,
      StoredRecord record,
      long deadline) {
    this.coordinator = coordinator;
    this.round = round;
    this.requirements = requirements;
    this.write = write;
    this.record = record;
    this.deadline = deadline;
  }

  /** Sends the first copies; the future completes at the verdict, the run goes on behind it. */
  Future<Outcome> start() {
    send(round.start());
    judge();
    return promise.future();
  }

  @Override
  public boolean isAnswered() {
    return promise.future().isComplete();
  }

  @Override
  public boolean hedge(boolean mayAsk) {
    if (repeated) {
      return false;
    }
    int delays = Patience.delays(record.encoded().length());
    if (!mayAsk) {
      round.keepWaiting(delays);
      judge();
      return false;
    }
    List<Copy> copies = round.hedge(delays);
    boolean more = !copies.isEmpty();
    if (more) {
      coordinator.meters().hedged().increment();
    }
    send(copies);
    judge();
    return more;
  }

  @Override
  public void expire() {
    answer(unknown());
  }

  private Outcome unknown() {
    return new Outcome.Unknown(round.lacking().required(), round.confirmed());
  }

  private void send(List<Copy> copies) {
    for (Copy copy : copies) {
      coordinator
          .carrier()
          .carry(copy, write.key(), record)
          .onComplete(result -> settle(copy, result), failure -> fail(copy, failure));
    }
  }

  private void settle(Copy copy, Storing.Result result) {
    if (result == Storing.Result.Done.DURABLE) {
      acknowledge(copy);
      send(round.stored(copy));
    } else if (result instanceof Storing.Result.Newer newer) {
      send(round.newer(copy, newer.version()));
    } else {
      if (copy.holder() == coordinator.self() && ownRefusal == null) {
        ownRefusal = result;
      }
      send(round.failed(copy));
    }
    judge();
  }

  private void fail(Copy copy, Throwable failure) {
    mayBeStored |= Failover.mayHaveActed(failure);
    send(round.failed(copy));
    judge();
  }

  private void acknowledge(Copy copy) {
    if (!isAnswered()) {
      mayBeStored = true;
      acknowledgements.add(acknowledgement(copy));
    } else if (write.traced()) {
      coordinator.tell(new LateAcknowledgement(record.version(), acknowledgement(copy)));
    }
    if (copy.isHint()) {
      coordinator.meters().hinted().increment();
    }
  }

  private Writing.Acknowledgement acknowledgement(Copy copy) {
    long micros = (System.nanoTime() - started) / 1000;
    return new Writing.Acknowledgement(copy.holder(), copy.owner(), micros);
  }

  private void judge() {
    if (!isAnswered() && !repeated) {
      conclude(round.verdict());
    }
    if (!finished && round.isFinished()) {
      finished = true;
      coordinator.finished();
      log.debug("Background write finished. Total copies: {}", round.copies());
    }
  }

  private void conclude(Verdict verdict) {
    switch (verdict) {
      case PENDING -> {}
      case REACHED -> concludeReached();
      case SUPERSEDED -> answer(new Outcome.Superseded(round.newest()));
      case UNREACHABLE -> concludeUnreachable();
    }
  }

  /** Enough by what was in force when the write began; the answer must hold from now on. */
  private void concludeReached() {
    if (coordinator.isEnough(write, requirements)) {
      answer(acknowledged());
    } else {
      repeated = true;
      coordinator.repeat(write, record, deadline).onSuccess(this::answerRepeated);
    }
  }

  /** Whatever else came of it, the first copies are where they are. */
  private void answerRepeated(Outcome outcome) {
    boolean certain =
        outcome instanceof Outcome.Acknowledged || outcome instanceof Outcome.Superseded;
    answer(certain ? outcome : unknown());
  }

  /** As long as everybody has refused, the last answers decide whether anything was written. */
  private void concludeUnreachable() {
    if (mayBeStored) {
      answer(unknown());
    } else if (round.isFinished()) {
      answer(refused());
    }
  }

  private Outcome refused() {
    if (ownRefusal == Storing.Result.Refusal.DISK_FULL) {
      return Outcome.Refused.DISK_FULL;
    }
    return ownRefusal == Storing.Result.Refusal.OVERLOADED
        ? Outcome.Refused.OVERLOADED
        : new Outcome.QuorumUnavailable(round.lacking().required(), 0);
  }

  /** Tells of every worker that has it, also of stand-ins that did not count. */
  private Outcome acknowledged() {
    int owning = round.replicas() - round.hinted();
    int hinted = round.copies() - owning;
    return new Outcome.Acknowledged(
        record.version(),
        owning + hinted,
        hinted,
        requirements.told().required(),
        requirements.told().owners(),
        note(hinted),
        coordinator.self(),
        acknowledgements);
  }

  private Writing.Note note(int hinted) {
    if (round.isFullyReplicated()) {
      return Writing.Note.FULLY_REPLICATED;
    }
    return hinted > 0 ? Writing.Note.HINTED : Writing.Note.BACKGROUND_WRITE_ACTIVE;
  }

  private void answer(Outcome outcome) {
    if (promise.tryComplete(outcome)) {
      coordinator.meters().wrote(outcome, System.nanoTime() - started);
    }
  }
}
