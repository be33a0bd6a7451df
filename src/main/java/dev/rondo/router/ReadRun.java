package dev.rondo.router;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Reading;
import dev.rondo.core.quorum.ReadRound;
import dev.rondo.core.quorum.Verdict;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One read under way: asks what its round decides, answers at the verdict, repairs behind it. */
final class ReadRun implements Pacer.Waiting {

  private final ReadCoordinator coordinator;
  private final ReadRound round;
  private final Key key;
  private final long started = System.nanoTime();
  private final Promise<Reading.Outcome> promise = Promise.promise();
  private final Set<Integer> unreadable = new HashSet<>(0);
  private @Nullable StoredRecord newest;
  private int heldBytes;
  private boolean expecting = true;
  private boolean finished;

  ReadRun(ReadCoordinator coordinator, ReadRound round, Key key) {
    this.coordinator = coordinator;
    this.round = round;
    this.key = key;
  }

  /** Asks first; the future completes at the verdict, the run goes on behind it. */
  Future<Reading.Outcome> start() {
    ask(round.start());
    judge();
    return promise.future();
  }

  @Override
  public boolean isAnswered() {
    return promise.future().isComplete();
  }

  @Override
  public boolean hedge(boolean mayAsk) {
    expectNoMore();
    if (!mayAsk) {
      round.keepWaiting();
      judge();
      return false;
    }
    List<ReadRound.Ask> asks = round.hedge();
    boolean more = !asks.isEmpty();
    if (more) {
      coordinator.meters().hedged().increment();
    }
    ask(asks);
    judge();
    return more;
  }

  @Override
  public void expire() {
    round.settleForLess();
    judge();
    answer(new Reading.Outcome.TimedOut(round.lacking().required(), round.answers()));
  }

  private void ask(List<ReadRound.Ask> asks) {
    for (ReadRound.Ask ask : asks) {
      coordinator.fetch(key, ask).onComplete(held -> settle(ask, held), failure -> fail(ask));
    }
  }

  private void settle(ReadRound.Ask ask, Holding.Answer held) {
    if (held instanceof Holding.Answer.Whole whole) {
      keep(whole.record());
      ask(round.answered(ask, whole.record().version(), true));
    } else if (held instanceof Holding.Answer.VersionOnly digest && !ask.value()) {
      ask(round.answered(ask, digest.version(), true));
    } else if (held instanceof Holding.Answer.Nothing nothing) {
      ask(round.answered(ask, Version.NONE, nothing.counts()));
    } else {
      if (held instanceof Holding.Answer.Unreadable) {
        unreadable.add(ask.worker());
      }
      ask(round.failed(ask));
    }
    if (ask.value()) {
      expectNoMore();
    }
    judge();
  }

  private void fail(ReadRound.Ask ask) {
    ask(round.failed(ask));
    if (ask.value()) {
      expectNoMore();
    }
    judge();
  }

  /** The value is there, or its owner is slow, and others need not wait for that. */
  private void expectNoMore() {
    if (expecting) {
      expecting = false;
      coordinator.turns().arrived();
    }
  }

  private void keep(StoredRecord record) {
    if (newest == null || record.version().isAfter(newest.version())) {
      newest = record;
      hold(isAnswered() ? 0 : record.encoded().length());
    }
  }

  private void judge() {
    if (!isAnswered()) {
      conclude(round.verdict());
    }
    if (!finished && round.isFinished()) {
      finished = true;
      expectNoMore();
      coordinator.finished();
      repairStale();
    }
  }

  /** What is answered is counted where it leaves. */
  private void hold(int bytes) {
    int more = bytes - heldBytes;
    heldBytes = bytes;
    coordinator.turns().held(more);
  }

  private void conclude(Verdict verdict) {
    if (verdict == Verdict.REACHED) {
      answer(reached());
    } else if (verdict == Verdict.UNREACHABLE) {
      answer(new Reading.Outcome.QuorumUnavailable(round.lacking().required(), round.answers()));
    }
  }

  private Reading.Outcome reached() {
    StoredRecord record = newest;
    if (record == null) {
      return new Reading.Outcome.NotFound(Version.NONE, coordinator.self());
    }
    return record.isTombstone()
        ? new Reading.Outcome.NotFound(record.version(), coordinator.self())
        : new Reading.Outcome.Found(record, coordinator.self());
  }

  /** Everybody who was asked has answered by now, or will not. */
  private void repairStale() {
    StoredRecord record = newest;
    if (record != null && record.version().equals(round.newest())) {
      coordinator.repair().repair(key, record, round.stale());
      coordinator.repair().repair(key, record, unreadable);
    }
  }

  private void answer(Reading.Outcome outcome) {
    if (promise.tryComplete(outcome)) {
      coordinator.meters().read(outcome, System.nanoTime() - started);
      hold(0);
    }
  }
}
