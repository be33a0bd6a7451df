package dev.rondo.controller;

import dev.rondo.config.NodeConfig;
import dev.rondo.config.NodeFolder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.IntFunction;

/** The workers' processes of this machine. */
final class LocalProcesses implements WorkerProcesses {

  private final Vertx vertx;
  private final IntFunction<NodeConfig> configs;
  private final WorkerLauncher launcher;
  private final HeadStart headStart;
  private final WorkerClient client;

  LocalProcesses(
      Vertx vertx,
      IntFunction<NodeConfig> configs,
      WorkerLauncher launcher,
      HeadStart headStart,
      WorkerClient client) {
    this.vertx = vertx;
    this.configs = configs;
    this.launcher = launcher;
    this.headStart = headStart;
    this.client = client;
  }

  @Override
  public Future<Optional<WorkerProcess>> find(int worker) {
    if (headStart.has(worker)) {
      return Future.succeededFuture(Optional.empty());
    }
    NodeConfig config = configs.apply(worker);
    return vertx
        .executeBlocking(() -> NodeFolder.isHeld(config.folder()), false)
        .compose(
            held ->
                held
                    ? Future.succeededFuture(
                        Optional.of(new AdoptedProcess(vertx, config.folder())))
                    : foreign(config));
  }

  @Override
  public Future<WorkerProcess> launch(int worker, boolean plainly) {
    return headStart
        .take(worker)
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                vertx.executeBlocking(() -> launcher.launch(configs.apply(worker), plainly), false))
        .map(process -> new ChildProcess(vertx, process));
  }

  @Override
  public Future<Boolean> isReady(int worker) {
    return client.isReady(configs.apply(worker));
  }

  private Future<Optional<WorkerProcess>> foreign(NodeConfig config) {
    return client
        .answers(config)
        .map(
            answered ->
                answered
                    ? Optional.of(
                        new ForeignWorker(vertx, config.id(), () -> client.answers(config)))
                    : Optional.empty());
  }
}
