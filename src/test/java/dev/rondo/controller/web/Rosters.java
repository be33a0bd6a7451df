package dev.rondo.controller.web;

import dev.rondo.bus.RecentChange;
import dev.rondo.bus.Redeploying.Code;
import dev.rondo.bus.Redeploying.Verticle;
import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkProgress;
import dev.rondo.bus.WorkerReport;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import dev.rondo.http.Timestamps;
import java.util.List;
import java.util.stream.IntStream;

/** Clusters as the registry would describe them. */
final class Rosters {

  private Rosters() {}

  /** What {@code cluster-update.json} shows: one worker that is well, one that is gone. */
  static Roster two() {
    return two(WorkerStatus.ONLINE, work(10, 512));
  }

  static Roster two(WorkerStatus first, List<WorkProgress> work) {
    return new Roster(
        new Roster.Controller("6f0d2c1a9b3e4d57", 3000, 8000),
        state(),
        List.of(
            new Roster.Entry(
                0,
                "http://127.0.0.1:5001",
                first,
                millis("18:00:05.000"),
                millis("18:59:58.900"),
                new Roster.Running("0.1.0", 4711, millis("18:00:02.000")),
                report(work)),
            new Roster.Entry(
                1,
                "http://127.0.0.1:5002",
                WorkerStatus.OFFLINE,
                millis("18:59:40.000"),
                0,
                null,
                null)),
        null);
  }

  static List<WorkProgress> work(long hints, long ranges) {
    return List.of(
        new WorkProgress(WorkProgress.Kind.HINTS, 1, hints, 40, "hints", false),
        new WorkProgress(WorkProgress.Kind.REBALANCE, 0, ranges, 4096, "ranges", false),
        new WorkProgress(WorkProgress.Kind.RECOVERY, 0, 4096, 4096, "ranges", true));
  }

  static ClusterState state() {
    List<Member> members =
        IntStream.range(0, 4)
            .mapToObj(id -> new Member(id, "127.0.0.1", 5001 + id, 6001 + id))
            .toList();
    return new ClusterState(7, 10, new Quorums(3, 2, 2), new Quorums(2, 2, 1), members);
  }

  static WorkerReport report(List<WorkProgress> work) {
    RecentChange change =
        new RecentChange(
            Key.of("alpha"), Version.parse("019abcde12340000-0"), 5, false, millis("18:59:59.800"));
    return new WorkerReport(
        7,
        7,
        9412,
        1258291,
        0,
        12.5,
        4.0,
        0.0,
        0.8,
        4.2,
        List.of(new WorkerReport.Recent(change, true)),
        work,
        List.of(),
        false,
        true,
        0,
        List.of(
            new Verticle(
                "router",
                true,
                1,
                3,
                new Code("0.2.0+3f2a91c0", "rondo-0.2.0.jar"),
                millis("18:30:00.000"),
                0,
                new Code("0.1.0", null),
                null)));
  }

  static long millis(String time) {
    return Timestamps.millis("2026-11-22T" + time + "Z");
  }
}
