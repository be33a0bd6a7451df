package dev.rondo.heartbeat;

import com.google.protobuf.ByteString;
import dev.rondo.bus.Filled;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Reachability;
import dev.rondo.bus.RecentChange;
import dev.rondo.bus.Redeploying.Verticle;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.WorkProgress;
import dev.rondo.core.member.Topology;
import dev.rondo.proto.RecentKey;
import dev.rondo.proto.Report;
import dev.rondo.proto.Report.Condition;
import dev.rondo.proto.Work;
import dev.rondo.wire.VerticleWire;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What there is to tell the controller of this worker. */
final class Figures {

  private final int self;
  private final View view;
  private final TrafficWindow traffic;
  private final Map<String, WorkProgress> work = new LinkedHashMap<>();
  private @Nullable StorageFigures storage;
  private Reachability reachability = new Reachability(Set.of());
  private final Map<String, Verticle> verticles = new LinkedHashMap<>();
  private long filledEpoch;

  Figures(int self, View view, TrafficWindow traffic) {
    this.self = self;
    this.view = view;
    this.traffic = traffic;
  }

  /** Takes figures over; returns whether they tell anything new. */
  boolean learn(StorageFigures figures) {
    StorageFigures before = storage;
    storage = figures;
    return before == null
        || before.keys() != figures.keys()
        || before.bytes() != figures.bytes()
        || !before.hints().equals(figures.hints())
        || !before.recent().equals(figures.recent());
  }

  void learn(Reachability opinion) {
    reachability = opinion;
  }

  void learn(Verticle verticle) {
    if (verticle.replaceable()) {
      verticles.put(verticle.name(), verticle);
    }
  }

  void learn(Filled filled) {
    filledEpoch = Math.max(filledEpoch, filled.epoch());
  }

  void learn(WorkProgress progress) {
    String piece = progress.kind() + " " + progress.worker();
    if (progress.over()) {
      work.remove(piece);
    } else {
      work.put(piece, progress);
    }
  }

  Report report() {
    Fitness fitness = view.fitness();
    Report.Builder report =
        traffic.latest().toBuilder()
            .setCondition(condition(fitness))
            .setEpoch(view.topology().state().epoch())
            .setFilledEpoch(filledEpoch)
            .setDiskFull(fitness.diskFull())
            .setClockOffsetMillis(fitness.clockOffsetMillis())
            .setMayCoordinate(fitness.mayCoordinate());
    reachability.suspected().stream().sorted().forEach(report::addSuspects);
    verticles.values().forEach(verticle -> report.addVerticles(VerticleWire.of(verticle)));
    work.values().forEach(piece -> report.addWork(work(piece)));
    StorageFigures figures = storage;
    if (figures != null) {
      report
          .setKeys(figures.keys())
          .setBytes(figures.bytes())
          .setHints(figures.hints().values().stream().mapToLong(Long::longValue).sum());
      figures.recent().forEach(change -> report.addRecent(recent(change)));
    }
    return report.build();
  }

  static Condition condition(Fitness fitness) {
    if (!fitness.storageOpen()) {
      return Condition.BROKEN;
    }
    if (!fitness.identified()) {
      return Condition.JOINING;
    }
    return fitness.complete() && fitness.caughtUp() ? Condition.ONLINE : Condition.RECOVERING;
  }

  private RecentKey recent(RecentChange change) {
    return RecentKey.newBuilder()
        .setKey(ByteString.copyFrom(change.key().bytes().toArray()))
        .setVersion(change.version().toString())
        .setSize(change.size())
        .setPrimary(isFirstOwner(change))
        .setTombstone(change.tombstone())
        .setAtMillis(change.atMillis())
        .build();
  }

  private boolean isFirstOwner(RecentChange change) {
    Topology topology = view.topology();
    return topology.member(self).isPresent()
        && topology.preferenceList(change.key()).worker(0) == self;
  }

  private static Work work(WorkProgress piece) {
    return Work.newBuilder()
        .setKind(piece.kind().word())
        .setWorker(piece.worker())
        .setDone(piece.done())
        .setTotal(piece.total())
        .setUnit(piece.unit())
        .build();
  }
}
