package dev.rondo.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One set of targets and the lanes to them. Its methods block, so none belongs on an event loop.
 */
final class Side {

  private final String name;
  private final Plan plan;
  private final List<Target> targets;
  private final CpuMeter servers;
  private final Progress progress;
  private final List<Lane> lanes;

  Side(
      String name,
      Vertx vertx,
      Plan plan,
      List<Target> targets,
      CpuMeter servers,
      Progress progress) {
    this.name = name;
    this.plan = plan;
    this.targets = targets;
    this.servers = servers;
    this.progress = progress;
    this.lanes =
        IntStream.range(0, plan.lanes())
            .mapToObj(lane -> Lane.open(vertx, lane, plan, targets).await())
            .toList();
  }

  List<Target> targets() {
    return targets;
  }

  /** Writes every key once. */
  Score preload() {
    return score("preloading", null, plan.workload().keys(), Lane::preload);
  }

  /** Runs load for this long, or less when there are no more operations. */
  Score run(String purpose, Duration duration, long operations) {
    long most = operations == 0 ? Long.MAX_VALUE : operations;
    return score(purpose, duration, most, (lane, stretch) -> lane.run(stretch, most));
  }

  private Score score(
      String purpose,
      @Nullable Duration duration,
      long operations,
      BiFunction<Lane, Stretch, Future<Tally>> load) {
    double serversBefore = servers.micros();
    double ownBefore = CpuMeter.ownMicros();
    Stretch stretch = Stretch.from(purpose + name, System.nanoTime(), duration, targets.size());
    List<Future<Tally>> running = lanes.stream().map(lane -> load.apply(lane, stretch)).toList();
    progress.follow(Future.all(running), stretch, operations);
    Tally tally = new Tally();
    running.forEach(lane -> tally.add(lane.result()));
    long end = System.nanoTime();
    return new Score(
        tally,
        elapsed(stretch, tally, end),
        Arrays.stream(stretch.gaps().longest(end)).boxed().toList(),
        servers.micros() - serversBefore,
        CpuMeter.ownMicros() - ownBefore);
  }

  /**
   * Until the last success, and not less than the time in which operations were started: an answer
   * that is waited for in vain at the end would otherwise count as seconds without work.
   */
  private static long elapsed(Stretch stretch, Tally tally, long end) {
    if (tally.succeeded() == 0) {
      return end - stretch.startNanos();
    }
    long worked = tally.lastSuccess() - stretch.startNanos();
    Duration duration = stretch.duration();
    if (duration == null || !stretch.isOver(end)) {
      return worked;
    }
    return Math.max(worked, duration.toNanos());
  }
}
