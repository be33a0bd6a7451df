package dev.rondo.controller.web;

import dev.rondo.bus.Events.Logged;
import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.bus.Rolling;
import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkerStatus;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the cluster, and whether it is news. Numbers its snapshots from the wall clock
 * of its start on, so that they also grow over restarts of the controller.
 */
final class Board {

  static final int EVENTS_SHOWN = 30;

  private final Snapshot snapshot;
  private final WorkRates rates = new WorkRates();
  private final NavigableMap<Long, Logged> events = new TreeMap<>(Comparator.reverseOrder());
  private final Late late = new Late();
  private @Nullable Roster roster;
  private long seq;

  Board(Snapshot snapshot, long startedAtMillis) {
    this.snapshot = snapshot;
    this.seq = startedAtMillis;
  }

  /** Takes the cluster as it is now; whether it is news for which nobody should wait. */
  boolean take(Roster next) {
    boolean news = roster == null || !essence(roster).equals(essence(next));
    roster = next;
    return news;
  }

  /** Takes an event, which may be one that is known, and older than others. */
  void take(Logged event) {
    events.put(event.seq(), event);
    if (events.size() > EVENTS_SHOWN) {
      events.pollLastEntry();
    }
  }

  /** Takes an acknowledgement that somebody waits for. */
  void take(LateAcknowledgement news, long nowMillis) {
    late.add(news, nowMillis);
  }

  /** Whether anything is known yet. */
  boolean isKnown() {
    return roster != null;
  }

  /** Where the workers are. */
  List<String> workers() {
    return roster == null ? List.of() : roster.workers().stream().map(Roster.Entry::url).toList();
  }

  /** The next snapshot. */
  JsonObject next(long nowMillis) {
    if (roster == null) {
      throw new IllegalStateException("nothing is known of the cluster yet");
    }
    seq++;
    return snapshot.of(
        roster, rates.of(roster, nowMillis), events.values(), late.json(nowMillis), seq, nowMillis);
  }

  /** What people react to; figures and heartbeats may wait a second. */
  private static Essence essence(Roster roster) {
    return new Essence(
        roster.state().epoch(),
        roster.rollout(),
        roster.workers().stream().map(Board::essence).toList());
  }

  private static WorkerEssence essence(Roster.Entry entry) {
    var report = entry.report();
    return new WorkerEssence(
        entry.id(),
        entry.url(),
        entry.status(),
        report == null ? List.of() : report.work(),
        report == null ? List.of() : report.recent().stream().map(one -> one.change()).toList(),
        report == null ? List.of() : report.verticles());
  }

  private record Essence(
      long epoch, Rolling.@Nullable Progress rollout, List<WorkerEssence> workers) {}

  private record WorkerEssence(
      int id, String url, WorkerStatus status, List<?> work, List<?> recent, List<?> verticles) {}
}
