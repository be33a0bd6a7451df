package dev.rondo.controller;

import dev.rondo.config.NodeConfig;
import dev.rondo.config.SupervisedWorker;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the workers of this machine running, as long as the controller does. They are processes of
 * their own: the controller's death does not touch them, and the next one adopts them.
 */
public final class SupervisorVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(SupervisorVerticle.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final NodeConfig config;
  private final List<WorkerWatch> watches = new ArrayList<>();
  private final Set<Integer> ready = new HashSet<>();
  private long begunAt;

  public SupervisorVerticle(NodeConfig config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    begunAt = System.nanoTime();
    WorkerLauncher launcher =
        new WorkerLauncher(
            (worker, file) ->
                WorkerCommand.of(config.supervisor().javaOptions(), worker.id(), file));
    LocalProcesses processes =
        new LocalProcesses(vertx, this::worker, launcher, new WorkerClient(vertx));
    IntStream.range(0, config.supervisor().workers())
        .mapToObj(id -> new WorkerWatch(vertx, id, processes, PATIENCE, () -> ready(id)))
        .forEach(watches::add);
    watches.forEach(WorkerWatch::begin);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return Future.join(watches.stream().map(WorkerWatch::stop).toList());
  }

  private NodeConfig worker(int id) {
    return SupervisedWorker.of(config, id, Runtime.getRuntime().availableProcessors());
  }

  private void ready(int id) {
    NodeConfig worker = worker(id);
    log.info("Worker {} ready http://{}:{}", id, worker.host(), worker.http().port());
    if (ready.add(id) && ready.size() == watches.size()) {
      long millis = Duration.ofNanos(System.nanoTime() - begunAt).toMillis();
      log.info("All workers ready workers={} in={}ms", watches.size(), millis);
    }
  }
}
