package dev.rondo.controller;

import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkerReport;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.proto.Report.Condition;
import dev.rondo.wire.RegistryState;
import org.jspecify.annotations.Nullable;

/** What the controller knows of one worker. */
final class WorkerRow {

  private final int id;
  private String url;
  private WorkerStatus status = WorkerStatus.JOINING;
  private long sinceMillis;
  private long lastHeardMillis;
  private boolean wasOffline;
  private boolean leaving;
  private boolean returning;
  private Roster.@Nullable Running running;
  private @Nullable WorkerReport report;
  private @Nullable Condition condition;
  private @Nullable WorkerCall call;

  WorkerRow(int id, String url, long nowMillis) {
    this.id = id;
    this.url = url;
    this.sinceMillis = nowMillis;
  }

  /** Goes on with what another generation knew. */
  static WorkerRow of(RegistryState.Row known, @Nullable WorkerCall call) {
    Roster.Entry entry = known.entry();
    WorkerRow row = new WorkerRow(entry.id(), entry.url(), entry.sinceMillis());
    row.status = entry.status();
    row.lastHeardMillis = entry.lastBeatMillis();
    row.running = entry.running();
    row.report = entry.report();
    row.wasOffline = known.wasOffline();
    row.leaving = known.leaving();
    row.returning = known.returning();
    row.condition = known.condition();
    row.call = call;
    return row;
  }

  /** What another generation goes on with. */
  RegistryState.Row state() {
    return new RegistryState.Row(
        entry(), wasOffline, leaving, returning, condition, call == null ? null : call.request());
  }

  int id() {
    return id;
  }

  String name() {
    return "Worker " + id;
  }

  String url() {
    return url;
  }

  WorkerStatus status() {
    return status;
  }

  @Nullable WorkerReport report() {
    return report;
  }

  /** The open call; null while there is none. */
  @Nullable WorkerCall call() {
    return call;
  }

  long lastHeardMillis() {
    return lastHeardMillis;
  }

  boolean isUnheard() {
    return lastHeardMillis == 0;
  }

  /** What others say of its address counts until it says so itself. */
  void isSaidToBeAt(String where) {
    if (isUnheard()) {
      url = where;
    }
  }

  boolean isLeaving() {
    return leaving;
  }

  boolean isBroken() {
    return condition == Condition.BROKEN;
  }

  /** Whether it has been OFFLINE since it was last ONLINE. */
  boolean wasOffline() {
    return wasOffline;
  }

  boolean isOfProcess(Roster.Running process) {
    return process.equals(running);
  }

  boolean isOfProcess(long pid) {
    return running != null && running.pid() == pid;
  }

  /** The worker has introduced itself; {@code back} when it had been taken for dead. */
  void registered(WorkerCall opened, String where, Roster.Running process, boolean back) {
    if (!isOfProcess(process)) {
      report = null;
      condition = null;
      returning = false;
    } else if (back) {
      condition = null;
      returning = true;
    }
    call = opened;
    url = where;
    running = process;
    leaving = false;
  }

  void heard(long nowMillis) {
    lastHeardMillis = nowMillis;
  }

  void reported(WorkerReport news, Condition said) {
    report = news;
    condition = said;
  }

  void leaves() {
    leaving = true;
  }

  void hungUp() {
    call = null;
  }

  /** Sets the status anew; returns whether it has changed. */
  boolean judge(boolean convicted, long nowMillis) {
    WorkerStatus now = convicted ? WorkerStatus.OFFLINE : ownStatus();
    if (now == status) {
      return false;
    }
    status = now;
    sinceMillis = nowMillis;
    return true;
  }

  /** To be called after the status was told. */
  void told() {
    if (status == WorkerStatus.OFFLINE) {
      wasOffline = true;
    } else if (status == WorkerStatus.ONLINE) {
      wasOffline = false;
    }
  }

  Roster.Entry entry() {
    return new Roster.Entry(id, url, status, sinceMillis, lastHeardMillis, running, report);
  }

  private WorkerStatus ownStatus() {
    if (leaving) {
      return WorkerStatus.LEAVING;
    }
    if (condition == null) {
      return returning ? WorkerStatus.RECOVERING : WorkerStatus.JOINING;
    }
    return switch (condition) {
      case ONLINE -> WorkerStatus.ONLINE;
      case RECOVERING -> WorkerStatus.RECOVERING;
      case LEAVING -> WorkerStatus.LEAVING;
      case BROKEN -> WorkerStatus.OFFLINE;
      case JOINING, UNRECOGNIZED -> WorkerStatus.JOINING;
    };
  }
}
