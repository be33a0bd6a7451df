package dev.rondo.persistence;

import dev.rondo.config.RepairConfig;
import dev.rondo.core.member.Topology;
import dev.rondo.core.merkle.ArcTrees;
import dev.rondo.core.merkle.RingCut;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that there are Merkle trees of the ring in force: builds them after the start and when
 * the ring has changed, and checks them from time to time. Nobody waits for it; between two slices
 * the scan thread does other things. Runs on the verticle's context.
 */
final class TreeCare {

  private static final Logger log = LoggerFactory.getLogger(TreeCare.class);

  private static final long AGAIN_MILLIS = 2_000;
  private static final int DOUBLINGS_MAX = 8;

  private final Vertx vertx;
  private final Storage storage;
  private final Trees trees;
  private final StorageMeters meters;
  private final long checkNanos;
  private @Nullable RingCut cut;
  private boolean running;
  private boolean stopped;
  private long notBefore = System.nanoTime();
  private long begunNanos;
  private long sliceNanos;
  private int failures;
  private boolean isCheck;

  TreeCare(Vertx vertx, Opening.Result opened, StorageMeters meters, RepairConfig config) {
    this.vertx = vertx;
    this.storage = opened.storage();
    this.trees = opened.trees();
    this.meters = meters;
    this.checkNanos = TimeUnit.SECONDS.toNanos(config.checkSeconds());
    meters.trees(this::size);
  }

  private long size() {
    ArcTrees ready = trees.ready();
    return ready == null ? 0 : ready.size();
  }

  /** The trees are to be of this ring. */
  void follow(Topology topology) {
    cut = RingCut.of(topology.ring());
    look();
  }

  /** Begins what is due. */
  void look() {
    RingCut wanted = cut;
    if (wanted == null || running || stopped) {
      return;
    }
    ArcTrees ready = trees.ready();
    boolean lacking = ready == null || !ready.cut().isSameAs(wanted);
    long now = System.nanoTime();
    if (now - notBefore >= 0 && (lacking || now - begunNanos >= checkNanos)) {
      running = true;
      isCheck = !lacking;
      begunNanos = now;
      TreeBuild build = new TreeBuild(wanted);
      trees.want(build);
      storage.settle().onComplete(between -> slice(build), this::failed);
    }
  }

  private void slice(TreeBuild build) {
    if (stopped) {
      return;
    }
    sliceNanos = System.nanoTime();
    storage.scan(build).onComplete(last -> sliced(build, last), this::failed);
  }

  private void sliced(TreeBuild build, boolean last) {
    if (last) {
      storage.scan(engine -> finish(build)).onComplete(w -> over(build, w), this::failed);
      return;
    }
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sliceNanos);
    long pause = isCheck ? Math.max(20, 5 * took) : Math.max(1, took / 2);
    vertx.setTimer(pause, timer -> slice(build));
  }

  private int finish(TreeBuild build) {
    int wrong = build.finish(trees);
    trees.endBuild();
    return wrong;
  }

  private void over(TreeBuild build, int wrong) {
    running = false;
    if (wrong < 0) {
      notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AGAIN_MILLIS);
      return;
    }
    failures = 0;
    long nanos = System.nanoTime() - begunNanos;
    meters.treesBuilt(nanos, isCheck ? wrong : 0);
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    if (isCheck && wrong > 0) {
      log.warn("Merkle trees were wrong and are corrected buckets={} millis={}", wrong, millis);
    } else {
      String done = isCheck ? "checked" : "built";
      log.info("Merkle trees {} entries={} millis={}", done, build.entries(), millis);
    }
  }

  private void failed(Throwable failure) {
    running = false;
    long wait = AGAIN_MILLIS << Math.min(failures++, DOUBLINGS_MAX);
    notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
    if (!stopped) {
      log.debug("Merkle trees cannot be built now, this is tried again", failure);
      storage.scan(
          engine -> {
            trees.endBuild();
            return engine;
          });
    }
  }

  /** Begins nothing more. */
  void stop() {
    stopped = true;
  }
}
