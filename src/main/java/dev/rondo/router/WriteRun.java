package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Storing;
import dev.rondo.bus.Writing;
import dev.rondo.core.quorum.Copy;
import dev.rondo.core.quorum.Verdict;
import dev.rondo.core.quorum.WriteRound;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stamped write under way: sends what its round decides, and answers at the verdict. */
final class WriteRun implements Pacer.Waiting {

  private static final Logger log = LoggerFactory.getLogger(WriteRun.class);

  private final WriteCoordinator coordinator;
  private final WriteRound round;
  private final Key key;
  private final StoredRecord record;
  private final int w;
  private final int n;
  private final long started = System.nanoTime();
  private final Promise<Writing.Outcome> promise = Promise.promise();
  private final List<Writing.Acknowledgement> acknowledgements = new ArrayList<>(3);
  private boolean diskFull;
  private boolean finished;

  WriteRun(
      WriteCoordinator coordinator, WriteRound round, Key key, StoredRecord record, int w, int n) {
    this.coordinator = coordinator;
    this.round = round;
    this.key = key;
    this.record = record;
    this.w = w;
    this.n = n;
  }

  /** Sends the first copies; the future completes at the verdict, the run goes on behind it. */
  Future<Writing.Outcome> start() {
    send(round.start());
    judge();
    return promise.future();
  }

  @Override
  public boolean isAnswered() {
    return promise.future().isComplete();
  }

  @Override
  public void hedge() {
    coordinator.meters().hedged().increment();
    send(round.hedge());
    judge();
  }

  @Override
  public void expire() {
    answer(new Writing.Outcome.Unknown(w, round.replicas()));
  }

  private void send(List<Copy> copies) {
    for (Copy copy : copies) {
      send(copy).onComplete(result -> settle(copy, result), failure -> fail(copy));
    }
  }

  private Future<Storing.Result> send(Copy copy) {
    Storing.Entry entry =
        copy.isHint()
            ? new Storing.Entry.Hint(copy.owner(), key, record)
            : new Storing.Entry.Put(key, record);
    if (copy.holder() == coordinator.self()) {
      return coordinator
          .bus()
          .ask(
              Addresses.STORE,
              new Storing.Store(List.of(entry)),
              coordinator.timeouts().storeMillis())
          .map(stored -> stored.results().get(0));
    }
    return coordinator
        .bus()
        .ask(
            Addresses.SEND,
            new Peering.Send(copy.holder(), entry),
            coordinator.timeouts().replicaMillis());
  }

  private void settle(Copy copy, Storing.Result result) {
    if (result == Storing.Result.Done.DURABLE) {
      acknowledge(copy);
      send(round.stored(copy));
    } else if (result instanceof Storing.Result.Newer newer) {
      send(round.newer(copy, newer.version()));
    } else {
      diskFull |= result == Storing.Result.Refusal.DISK_FULL;
      send(round.failed(copy));
    }
    judge();
  }

  private void fail(Copy copy) {
    send(round.failed(copy));
    judge();
  }

  private void acknowledge(Copy copy) {
    if (!isAnswered()) {
      long micros = (System.nanoTime() - started) / 1000;
      acknowledgements.add(new Writing.Acknowledgement(copy.holder(), copy.owner(), micros));
    }
    if (copy.isHint()) {
      coordinator.meters().hinted().increment();
    }
  }

  private void judge() {
    if (!isAnswered()) {
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
      case REACHED -> answer(acknowledged());
      case SUPERSEDED -> answer(new Writing.Outcome.Superseded(round.newest()));
      case UNREACHABLE -> answer(unreachable());
    }
  }

  /** Copies may be stored somewhere, unless nobody was even asked for space in vain. */
  private Writing.Outcome unreachable() {
    return diskFull && round.copies() == 0
        ? Writing.Outcome.Refused.DISK_FULL
        : new Writing.Outcome.Unknown(w, round.replicas());
  }

  private Writing.Outcome acknowledged() {
    Writing.Note note =
        round.hinted() > 0
            ? Writing.Note.HINTED
            : round.isFullyReplicated()
                ? Writing.Note.FULLY_REPLICATED
                : Writing.Note.BACKGROUND_WRITE_ACTIVE;
    return new Writing.Outcome.Acknowledged(
        record.version(),
        round.replicas(),
        round.hinted(),
        w,
        n,
        note,
        coordinator.self(),
        acknowledgements);
  }

  private void answer(Writing.Outcome outcome) {
    if (promise.tryComplete(outcome)) {
      coordinator.meters().wrote(outcome, System.nanoTime() - started);
    }
  }
}
