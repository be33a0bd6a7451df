package dev.rondo.controller;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.ProcessExit;
import dev.rondo.bus.ProcessGivenUp;
import dev.rondo.bus.Restarting;
import dev.rondo.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
  private final Bus bus;
  private final WorkerCommand command;
  private final HeadStart headStart;
  private final List<WorkerWatch> watches = new ArrayList<>();
  private final Set<Integer> ready = new HashSet<>();
  private Optional<Process> rehearsal = Optional.empty();
  private long begunAt;

  /** Takes over whoever was given a {@code headStart}. */
  public SupervisorVerticle(NodeConfig config, Bus bus, HeadStart headStart) {
    this.config = config;
    this.bus = bus;
    this.command = new WorkerCommand(config);
    this.headStart = headStart;
  }

  @Override
  public Future<?> start() {
    begunAt = System.nanoTime();
    LocalProcesses processes =
        new LocalProcesses(
            vertx, command::config, command.launcher(), headStart, new WorkerClient(vertx));
    IntStream.range(0, config.supervisor().workers())
        .mapToObj(id -> watch(id, processes))
        .forEach(watches::add);
    watches.forEach(WorkerWatch::begin);
    bus.serve(Addresses.RESTART, asked -> Future.succeededFuture(restart(asked.worker())));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    rehearsal.ifPresent(Process::destroyForcibly);
    return Future.join(watches.stream().map(WorkerWatch::stop).toList());
  }

  private WorkerWatch watch(int id, WorkerProcesses processes) {
    WorkerEvents events = new WorkerEvents(id, event -> bus.publish(Addresses.EVENT, event));
    return new WorkerWatch(vertx, id, processes, PATIENCE, events, new Observer(id));
  }

  private final class Observer implements WorkerWatch.Observer {
    private final int worker;

    Observer(int worker) {
      this.worker = worker;
    }

    @Override
    public void ready() {
      SupervisorVerticle.this.ready(worker);
    }

    @Override
    public void gone(long pid) {
      bus.publish(Addresses.PROCESS_EXITED, new ProcessExit(worker, pid));
    }

    @Override
    public void givenUp() {
      bus.publish(Addresses.PROCESS_GIVEN_UP, new ProcessGivenUp(worker));
    }
  }

  private Restarting.Outcome restart(int worker) {
    return worker >= 0 && worker < watches.size()
        ? watches.get(worker).restart()
        : Restarting.Outcome.NOT_SUPERVISED;
  }

  private void ready(int id) {
    NodeConfig worker = command.config(id);
    log.info("Worker {} ready http://{}:{}", id, worker.host(), worker.http().port());
    if (ready.add(id) && ready.size() == watches.size()) {
      long millis = Duration.ofNanos(System.nanoTime() - begunAt).toMillis();
      log.info("All workers ready workers={} in={}ms", watches.size(), millis);
      command.archive().ifPresent(this::rehearse);
    }
  }

  /** Prepares quicker starts, now that nobody waits for this one any more. */
  private void rehearse(ClassArchive classes) {
    vertx
        .executeBlocking(
            () ->
                classes.isMissing()
                    ? Optional.of(classes.make(Program.java(), config.supervisor().javaOptions()))
                    : Optional.<Process>empty(),
            false)
        .onSuccess(
            begun -> {
              rehearsal = begun;
              begun.ifPresent(
                  process ->
                      new ChildProcess(vertx, process)
                          .exit()
                          .onSuccess(how -> keep(classes, process)));
            })
        .onFailure(failure -> log.info("No archive of classes reason={}", failure.toString()));
  }

  private void keep(ClassArchive classes, Process process) {
    rehearsal = Optional.empty();
    vertx
        .executeBlocking(
            () -> {
              classes.keep(process.exitValue());
              return null;
            },
            false)
        .onFailure(failure -> log.info("No archive of classes reason={}", failure.toString()));
  }
}
