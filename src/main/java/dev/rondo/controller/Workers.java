package dev.rondo.controller;

import dev.rondo.bus.ClusterEvent.Level;
import dev.rondo.bus.ProcessExit;
import dev.rondo.bus.Redeploying.Attempt;
import dev.rondo.bus.Redeploying.Status;
import dev.rondo.bus.Redeploying.Verticle;
import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkerReport;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.FailureDetector;
import dev.rondo.core.member.Member;
import dev.rondo.proto.FromController;
import dev.rondo.proto.Registration;
import dev.rondo.proto.Report;
import dev.rondo.wire.RegistryState;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All workers: who is there, what they say, and who is taken for dead. */
final class Workers {

  private final SortedMap<Integer, WorkerRow> rows = new TreeMap<>();
  private final Pace pace;
  private FailureDetector detector;
  private final Herald herald;
  private final RosterFeed feed;

  Workers(Pace pace, Herald herald, RosterFeed feed) {
    this.pace = pace;
    this.herald = herald;
    this.feed = feed;
    this.detector = new FailureDetector(pace.beatMillis(), pace.offlineMillis(), pace.tickMillis());
  }

  /** Goes on with what another generation knew; {@code desk} hears the calls from now on. */
  void resume(FailureDetector judge, List<RegistryState.Row> known, WorkerCall.Desk desk) {
    detector = judge;
    for (RegistryState.Row row : known) {
      int id = row.entry().id();
      var request = row.call();
      WorkerCall call = request == null ? null : WorkerCall.of(request, id, desk);
      rows.put(id, WorkerRow.of(row, call));
    }
  }

  FailureDetector detector() {
    return detector;
  }

  /** Members have a place also when they were never heard; others only when they were. */
  void follow(ClusterState state) {
    Set<Integer> members = state.members().stream().map(Member::id).collect(Collectors.toSet());
    for (WorkerRow row : List.copyOf(rows.values())) {
      if (row.isUnheard() && !members.contains(row.id())) {
        rows.remove(row.id());
        detector.forget(row.id());
      }
    }
    for (Member member : state.members()) {
      rows.computeIfAbsent(
              member.id(), id -> new WorkerRow(id, member.url(), System.currentTimeMillis()))
          .isSaidToBeAt(member.url());
    }
  }

  /** From now on each of them has as much time to be heard as one that was heard just now. */
  void expect() {
    rows.keySet().forEach(worker -> detector.expect(worker, nowMillis()));
  }

  Collection<WorkerRow> all() {
    return rows.values();
  }

  /** What the worker last said of itself; null for nothing since its process began. */
  @Nullable WorkerReport report(int worker) {
    WorkerRow row = rows.get(worker);
    return row == null ? null : row.report();
  }

  /** Whether another process of that worker is there and well. */
  boolean isTaken(int worker, Roster.Running process) {
    WorkerRow row = rows.get(worker);
    return row != null
        && row.call() != null
        && !row.isOfProcess(process)
        && System.currentTimeMillis() - row.lastHeardMillis() < 3 * pace.beatMillis() / 2;
  }

  /** Takes a worker's call; returns whether this very process had been taken for dead. */
  boolean register(WorkerCall call, Registration words, String url) {
    Roster.Running process = ReportWire.running(words);
    WorkerRow row =
        rows.computeIfAbsent(
            words.getWorker(), id -> new WorkerRow(id, url, System.currentTimeMillis()));
    boolean isNewProcess = !row.isOfProcess(process);
    boolean back = detector.heard(row.id(), nowMillis());
    WorkerCall former = row.call();
    row.registered(call, url, process, back);
    row.heard(System.currentTimeMillis());
    if (former != null) {
      former.end("the worker has called again");
    }
    herald.registered(row, isNewProcess);
    if (!judge(row, "")) {
      feed.changed(true);
    }
    return back && !isNewProcess;
  }

  /** The row of whose call that is; null when the call does not count any more. */
  @Nullable WorkerRow heard(WorkerCall call) {
    WorkerRow row = rows.get(call.worker());
    if (row == null || row.call() != call) {
      return null;
    }
    detector.heard(row.id(), nowMillis());
    row.heard(System.currentTimeMillis());
    return row;
  }

  void reported(WorkerRow row, Report words) {
    WorkerReport before = row.report();
    WorkerReport now = ReportWire.read(words);
    row.reported(now, words.getCondition());
    compare(row, before, now);
    boolean urgent =
        before == null
            || before.epoch() != now.epoch()
            || before.filledEpoch() != now.filledEpoch()
            || !Objects.equals(before.work(), now.work())
            || !before.verticles().equals(now.verticles());
    if (!judge(row, "its storage has failed")) {
      feed.changed(urgent);
    }
  }

  /** Tells of verticles that were replaced, or were not, since the report before. */
  private void compare(WorkerRow row, @Nullable WorkerReport before, WorkerReport now) {
    if (before == null) {
      return;
    }
    for (Verticle verticle : now.verticles()) {
      for (Verticle former : before.verticles()) {
        if (former.name().equals(verticle.name())) {
          compare(row, former, verticle);
        }
      }
    }
  }

  private void compare(WorkerRow row, Verticle before, Verticle now) {
    Attempt last = now.last();
    if (now.generation() != before.generation()) {
      herald.replaced(row, now);
    } else if (last != null && last.status() == Status.FAILED && !last.equals(before.last())) {
      herald.notReplaced(row, now, last.reason());
    }
  }

  void leaves(WorkerRow row) {
    row.leaves();
    judge(row, "");
  }

  /** The call is over; whether the worker is dead is another question. */
  void hungUp(WorkerCall call) {
    WorkerRow row = rows.get(call.worker());
    if (row != null && row.call() == call) {
      row.hungUp();
      if (detector.disconnected(row.id(), nowMillis())) {
        gone(row.id());
      }
    }
  }

  /** The membership layer hears no more of the process, which it also does of one that hangs. */
  void departed(int worker) {
    WorkerRow row = rows.get(worker);
    long now = nowMillis();
    if (row != null
        && (detector.departed(worker, now)
            || (row.call() == null && detector.disconnected(worker, now)))) {
      gone(worker);
    }
  }

  private void gone(int worker) {
    convict(worker, "its process has gone or hangs");
  }

  /** The process has ended; another one of the same worker may be there already. */
  void exited(ProcessExit exit) {
    WorkerRow row = rows.get(exit.worker());
    if (row != null && row.isOfProcess(exit.pid()) && detector.ended(row.id())) {
      convict(row.id(), "its process has ended");
    }
  }

  /** Nobody starts it any more; somebody else may have started one that is there. */
  void givenUp(int worker) {
    WorkerRow row = rows.get(worker);
    if (row != null && row.call() == null && detector.ended(worker)) {
      convict(worker, "its process died again and again and was given up");
    }
  }

  void tick() {
    long now = nowMillis();
    for (int worker : detector.tick(now)) {
      if (detector.isSilent(worker, pace.offlineMillis(), now)) {
        convict(worker, "no heartbeat for " + pace.offlineMillis() + " ms");
      } else {
        gone(worker);
      }
    }
  }

  void tell(int worker, FromController message) {
    WorkerRow row = rows.get(worker);
    if (row != null && row.call() != null) {
      row.call().send(message);
    }
  }

  void tellAll(FromController message) {
    rows.keySet().forEach(worker -> tell(worker, message));
  }

  /** Whoever was taken for dead and is not calls again, and hears it then. */
  private void convict(int worker, String reason) {
    WorkerRow row = Objects.requireNonNull(rows.get(worker));
    WorkerCall call = row.call();
    row.hungUp();
    if (call != null) {
      call.end("it was taken for dead");
    }
    judge(row, row.isLeaving() ? "it was stopped" : reason);
  }

  private boolean judge(WorkerRow row, String reason) {
    if (!row.judge(detector.isConvicted(row.id()), System.currentTimeMillis())) {
      return false;
    }
    switch (row.status()) {
      case ONLINE -> herald.online(row, row.wasOffline());
      case OFFLINE -> herald.offline(row, level(row), reason);
      default -> herald.became(row, row.status());
    }
    row.told();
    feed.changed(true);
    return true;
  }

  private static Level level(WorkerRow row) {
    if (row.isLeaving()) {
      return Level.INFO;
    }
    return row.isBroken() ? Level.ERROR : Level.WARN;
  }

  static long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
