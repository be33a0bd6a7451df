package dev.rondo.simulation;

import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Storing.Entry;
import dev.rondo.bus.Storing.Result;
import dev.rondo.bus.Writing;
import dev.rondo.core.quorum.Copy;
import dev.rondo.core.quorum.Requirements;
import dev.rondo.core.quorum.Verdict;
import dev.rondo.core.quorum.WriteRound;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.version.Version;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** One stamped write under way, as the router runs it. */
final class WriteRun {

  private final Worker worker;
  private final Simulation simulation;
  private final Writing.Forwarded stamped;
  private final StoredRecord record;
  private final WriteRound round;
  private final Requirements requirements;
  private final Consumer<Writing.Outcome> answer;
  private final Set<Integer> provided = new TreeSet<>();
  private boolean answered;
  private boolean acknowledged;

  WriteRun(Worker worker, Writing.Forwarded stamped, Consumer<Writing.Outcome> answer) {
    this.worker = worker;
    this.simulation = worker.simulation();
    this.stamped = stamped;
    this.record = record(stamped);
    this.answer = answer;
    Writing.Write write = stamped.write();
    this.requirements = worker.adopted().rules().write(write.w());
    this.round =
        new WriteRound(
            worker.adopted().topology().preferenceList(write.key()),
            requirements,
            write.sloppy(),
            worker.id(),
            worker);
  }

  private static StoredRecord record(Writing.Forwarded stamped) {
    Writing.Write write = stamped.write();
    Version version = stamped.version();
    Writing.Content content = write.content();
    return content == null
        ? StoredRecord.tombstone(write.key(), version)
        : StoredRecord.live(write.key(), version, content.contentType(), content.value());
  }

  void start() {
    if (!round.isPossible()) {
      answer(new Writing.Outcome.QuorumUnavailable(0, round.available()));
      return;
    }
    send(round.start());
    judge();
    worker.later(Worker.HEDGE, this::hedge);
    worker.later(Worker.COORDINATE_TIMEOUT, () -> answer(unknown()));
  }

  private void hedge() {
    if (!answered) {
      send(round.hedge(1));
      judge();
      worker.later(Worker.HEDGE, this::hedge);
    }
  }

  private void send(List<Copy> copies) {
    for (Copy copy : copies) {
      Entry entry =
          copy.isHint()
              ? new Entry.Hint(copy.owner(), stamped.write().key(), record)
              : new Entry.Put(stamped.write().key(), record);
      send(copy, entry);
    }
  }

  private void send(Copy copy, Entry entry) {
    if (copy.holder() == worker.id()) {
      worker.store(entry, result -> settle(copy, result));
      return;
    }
    simulation
        .network()
        .<Result>ask(
            worker,
            simulation.workers().get(copy.holder()),
            Worker.REPLICA_TIMEOUT,
            (peer, reply) -> peer.receive(entry, reply),
            result -> settle(copy, result),
            fault -> fail(copy, fault));
  }

  private void settle(Copy copy, Result result) {
    simulation
        .trace()
        .add(
            worker,
            ": copy of",
            stamped.version(),
            "at",
            copy.holder(),
            "for",
            copy.owner(),
            ":",
            result);
    if (result == Result.Done.DURABLE) {
      provided.add(copy.owner());
      send(round.stored(copy));
    } else if (result instanceof Result.Newer newer) {
      provided.add(copy.owner());
      send(round.newer(copy, newer.version()));
    } else {
      send(round.failed(copy));
    }
    judge();
  }

  private void fail(Copy copy, PeerFault.Kind fault) {
    simulation
        .trace()
        .add(
            worker,
            ": copy of",
            stamped.version(),
            "at",
            copy.holder(),
            "for",
            copy.owner(),
            ":",
            fault);
    send(round.failed(copy));
    judge();
  }

  private void judge() {
    if (!answered) {
      conclude(round.verdict());
    }
    if (acknowledged && round.isFinished()) {
      simulation.history().provided(stamped.version(), provided);
    }
  }

  private void conclude(Verdict verdict) {
    boolean miscounted =
        simulation.bug() == Bug.COUNTS_HINTS_AT_OWNERS
            && provided.size() >= requirements.told().required();
    if (verdict == Verdict.REACHED && !isEnoughNow()) {
      repeat();
    } else if (verdict == Verdict.REACHED || miscounted) {
      acknowledged = true;
      simulation.acknowledged();
      answer(acknowledgement(miscounted));
    } else if (verdict == Verdict.SUPERSEDED) {
      answer(new Writing.Outcome.Superseded(round.newest()));
    } else if (verdict == Verdict.UNREACHABLE) {
      answer(unknown());
    }
  }

  /** The quorums may have changed since this began. */
  private boolean isEnoughNow() {
    return requirements.imply(worker.adopted().rules().write(stamped.write().w()));
  }

  private void repeat() {
    answered = true;
    Writing.Write write = stamped.write();
    int owners = worker.adopted().rules().write(write.w()).owners();
    PreferenceList preference = worker.adopted().topology().preferenceList(write.key());
    if (preference.isOwner(worker.id(), owners)) {
      Consumer<Writing.Outcome> honest =
          outcome ->
              answer.accept(
                  outcome instanceof Writing.Outcome.QuorumUnavailable ? unknown() : outcome);
      new WriteRun(worker, stamped, honest).start();
    } else {
      answer.accept(unknown());
    }
  }

  private Writing.Outcome acknowledgement(boolean miscounted) {
    return new Writing.Outcome.Acknowledged(
        stamped.version(),
        miscounted ? provided.size() : round.replicas(),
        round.hinted(),
        requirements.told().required(),
        requirements.told().owners(),
        Writing.Note.BACKGROUND_WRITE_ACTIVE,
        worker.id(),
        List.of());
  }

  private Writing.Outcome unknown() {
    return new Writing.Outcome.Unknown(round.lacking().required(), round.confirmed());
  }

  private void answer(Writing.Outcome outcome) {
    if (!answered) {
      answered = true;
      answer.accept(outcome);
    }
  }
}
