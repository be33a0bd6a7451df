package dev.rondo.controller;

import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.bus.RecentChange;
import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkProgress;
import dev.rondo.bus.WorkerReport;
import dev.rondo.bus.Writing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import dev.rondo.proto.LateAcknowledgements;
import dev.rondo.proto.RecentKey;
import dev.rondo.proto.Registration;
import dev.rondo.proto.Report;
import dev.rondo.proto.Work;
import dev.rondo.wire.VerticleWire;
import java.util.List;
import java.util.Locale;

/** What workers say, in the node's own types. Fails with {@link IllegalArgumentException}. */
final class ReportWire {

  private ReportWire() {}

  static Roster.Running running(Registration message) {
    return new Roster.Running(message.getVersion(), message.getPid(), message.getStartedAtMillis());
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
        WorkProgress.Kind.valueOf(message.getKind().toUpperCase(Locale.ROOT)),
        message.getWorker(),
        message.getDone(),
        message.getTotal(),
        message.getUnit(),
        false);
  }
}
