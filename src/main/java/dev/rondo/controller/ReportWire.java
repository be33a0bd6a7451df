package dev.rondo.controller;

import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.bus.RecentChange;
import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkProgress;
import dev.rondo.bus.WorkerReport;
import dev.rondo.bus.Writing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import dev.rondo.proto.Event;
import dev.rondo.proto.LateAcknowledgements;
import dev.rondo.proto.RecentKey;
import dev.rondo.proto.Registration;
import dev.rondo.proto.Report;
import dev.rondo.proto.Work;
import dev.rondo.wire.Quoted;
import dev.rondo.wire.VerticleWire;
import java.util.List;

/** What workers say, in the node's own types. Fails with {@link IllegalArgumentException}. */
final class ReportWire {

  private static final int TEXT_MAX = 1_000;

  private ReportWire() {}

  static Roster.Running running(Registration message) {
    return new Roster.Running(
        Quoted.line(message.getVersion()), message.getPid(), message.getStartedAtMillis());
  }

  static WorkerReport read(Report message) {
    double seconds = Math.max(1, message.getIntervalMillis()) / 1000.0;
    return new WorkerReport(
        message.getEpoch(),
        message.getFilledEpoch(),
        message.getKeys(),
        message.getBytes(),
        message.getHints(),
        message.getReads() / seconds,
        message.getWrites() / seconds,
        message.getFailures() / seconds,
        message.getP50Millis(),
        message.getP99Millis(),
        message.getRecentList().stream().map(ReportWire::recent).toList(),
        message.getWorkList().stream().map(ReportWire::work).toList(),
        message.getSuspectsList(),
        message.getDiskFull(),
        message.getMayCoordinate(),
        message.getClockOffsetMillis(),
        message.getVerticlesList().stream().map(VerticleWire::read).toList());
  }

  static List<LateAcknowledgement> late(LateAcknowledgements message) {
    return message.getLateList().stream()
        .map(
            one ->
                new LateAcknowledgement(
                    Version.parse(one.getVersion()),
                    new Writing.Acknowledgement(one.getHolder(), one.getOwner(), one.getMicros())))
        .toList();
  }

  /** Something that happened at a worker. */
  static ClusterEvent event(int worker, Event message) {
    String kind = message.getKind();
    if (!kind.matches("[a-z_]{1,40}") || message.getText().length() > TEXT_MAX) {
      throw new IllegalArgumentException("an event of a kind or a length that there is not");
    }
    ClusterEvent.Level level =
        switch (message.getLevel()) {
          case WARN -> ClusterEvent.Level.WARN;
          case ERROR -> ClusterEvent.Level.ERROR;
          case INFO, UNRECOGNIZED -> ClusterEvent.Level.INFO;
        };
    return new ClusterEvent(kind, level, worker, message.getText());
  }

  private static WorkerReport.Recent recent(RecentKey message) {
    return new WorkerReport.Recent(
        new RecentChange(
            Key.of(Bytes.wrap(message.getKey().toByteArray())),
            Version.parse(message.getVersion()),
            message.getSize(),
            message.getTombstone(),
            message.getAtMillis()),
        message.getPrimary());
  }

  private static WorkProgress work(Work message) {
    return new WorkProgress(
        WorkProgress.Kind.of(message.getKind()),
        message.getWorker(),
        message.getDone(),
        message.getTotal(),
        message.getUnit(),
        false);
  }
}
