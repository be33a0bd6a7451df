package dev.rondo.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Sends the operations of one stretch on one event loop, and counts how they end. */
final class Sender {

  private final Caller caller;
  private final List<Target> targets;
  private final Values values;
  private final Stretch stretch;
  private final boolean missingIsFailure;
  private final Tally tally = new Tally();

  Sender(
      Caller caller,
      List<Target> targets,
      Values values,
      Stretch stretch,
      boolean missingIsFailure) {
    this.caller = caller;
    this.targets = targets;
    this.values = values;
    this.stretch = stretch;
    this.missingIsFailure = missingIsFailure;
  }

  /** Sends to the target with this number, modulo how many there are; never fails. */
  Future<Answer> send(long number, Operation operation, long dueNanos) {
    int target = (int) (number % targets.size());
    Buffer body = operation.kind() == Kind.WRITE ? values.next() : null;
    return caller
        .call(targets.get(target), operation.kind().method(), operation.uri(), body)
        .onSuccess(answer -> count(target, operation.kind(), answer, dueNanos));
  }

  /** Counts operations that were due and never sent. */
  void unsent(long count) {
    stretch.done().add(count);
    stretch.failures().add(count);
    tally.failures("unsent", count);
  }

  Tally tally() {
    return tally;
  }

  private void count(int target, Kind kind, Answer answer, long dueNanos) {
    long now = System.nanoTime();
    stretch.done().increment();
    if (isSuccess(kind, answer)) {
      tally.success(kind, answer, now - dueNanos, now);
      stretch.gaps().success(target, now);
    } else {
      tally.failures(answer.label(), 1);
      stretch.failures().increment();
    }
  }

  private boolean isSuccess(Kind kind, Answer answer) {
    return answer.isOk() || (kind == Kind.READ && answer.status() == 404 && !missingIsFailure);
  }
}
