package dev.rondo.simulation;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Storing.Entry;
import dev.rondo.bus.Storing.Result;
import dev.rondo.core.quorum.ReadRound;
import dev.rondo.core.quorum.Verdict;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One read under way, as the router runs it; repairs what it found behind. */
final class ReadRun {

  private final Worker worker;
  private final Simulation simulation;
  private final Key key;
  private final int r;
  private final ReadRound round;
  private final Consumer<Reading.Outcome> answer;
  private boolean answered;
  private boolean finished;
  private @Nullable StoredRecord newest;

  ReadRun(Worker worker, Key key, int r, Consumer<Reading.Outcome> answer) {
    this.worker = worker;
    this.simulation = worker.simulation();
    this.key = key;
    this.r = r;
    this.answer = answer;
    this.round =
        new ReadRound(
            worker.adopted().topology().preferenceList(key),
            worker.adopted().rules().read(r),
            worker.id(),
            worker,
            simulation.bug() == Bug.TRUSTS_WHO_IS_BEHIND ? peer -> false : worker::isBehind);
  }

  void start() {
    if (!round.isPossible()) {
      answer(new Reading.Outcome.QuorumUnavailable(r, round.available()));
      return;
    }
    ask(round.start());
    judge();
    worker.later(Worker.HEDGE, this::hedge);
    worker.later(Worker.COORDINATE_TIMEOUT, this::expire);
  }

  private void hedge() {
    if (!answered) {
      ask(round.hedge());
      judge();
      worker.later(Worker.HEDGE, this::hedge);
    }
  }

  private void expire() {
    round.settleForLess();
    judge();
    answer(new Reading.Outcome.TimedOut(r, round.answers()));
  }

  private void ask(List<ReadRound.Ask> asks) {
    for (ReadRound.Ask ask : asks) {
      Holding.Want want = ask.value() ? Holding.Want.RECORD : Holding.Want.VERSION;
      if (ask.worker() == worker.id()) {
        worker.lookUp(key, want, held -> settle(ask, held));
      } else {
        simulation
            .network()
            .<Holding.Answer>ask(
                worker,
                simulation.workers().get(ask.worker()),
                Worker.REPLICA_TIMEOUT,
                (peer, reply) -> peer.lookUp(key, want, reply),
                held -> settle(ask, held),
                fault -> fail(ask));
      }
    }
  }

  private void settle(ReadRound.Ask ask, Holding.Answer held) {
    if (held instanceof Holding.Answer.Whole whole) {
      keep(whole.record());
      ask(round.answered(ask, whole.record().version(), true));
    } else if (held instanceof Holding.Answer.VersionOnly digest) {
      boolean ignored = simulation.bug() == Bug.IGNORES_DIGESTS;
      ask(round.answered(ask, ignored ? Version.NONE : digest.version(), true));
    } else if (held instanceof Holding.Answer.Nothing nothing) {
      ask(round.answered(ask, Version.NONE, nothing.counts()));
    } else {
      ask(round.failed(ask));
    }
    judge();
  }

  private void fail(ReadRound.Ask ask) {
    ask(round.failed(ask));
    judge();
  }

  private void keep(StoredRecord record) {
    if (newest == null || record.version().isAfter(newest.version())) {
      newest = record;
    }
  }

  private void judge() {
    if (!answered && round.verdict() == Verdict.REACHED) {
      answer(reached());
    } else if (!answered && round.verdict() == Verdict.UNREACHABLE) {
      answer(new Reading.Outcome.QuorumUnavailable(r, round.answers()));
    }
    if (!finished && round.isFinished()) {
      finished = true;
      repair();
    }
  }

  private Reading.Outcome reached() {
    StoredRecord record = newest;
    if (record == null) {
      return new Reading.Outcome.NotFound(Version.NONE, worker.id());
    }
    return record.isTombstone()
        ? new Reading.Outcome.NotFound(record.version(), worker.id())
        : new Reading.Outcome.Found(record, worker.id());
  }

  private void repair() {
    StoredRecord record = newest;
    if (record == null || !record.version().equals(round.newest())) {
      return;
    }
    for (int stale : round.stale()) {
      simulation.trace().add(worker, "repairs", stale, "with", record.version());
      Entry copy = new Entry.Put(key, record);
      if (stale == worker.id()) {
        worker.store(copy, result -> {});
      } else {
        simulation
            .network()
            .<Result>ask(
                worker,
                simulation.workers().get(stale),
                Worker.REPLICA_TIMEOUT,
                (peer, reply) -> peer.receive(copy, reply),
                result -> {},
                fault -> {});
      }
    }
  }

  private void answer(Reading.Outcome outcome) {
    if (!answered) {
      answered = true;
      answer.accept(outcome);
    }
  }
}
