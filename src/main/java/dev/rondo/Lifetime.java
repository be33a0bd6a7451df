package dev.rondo;

import dev.rondo.cli.Reasons;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.NodeFolder;
import dev.rondo.config.Role;
import dev.rondo.controller.HeadStart;
import dev.rondo.controller.SupervisedProcesses;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of this process as a node: from its start until a signal, and a clean end. */
final class Lifetime {
  private static final Logger log = LoggerFactory.getLogger(Lifetime.class);
  private static final int STOPPED = 0;
  private static final int FAILED = 1;

  /** A worker is quicker than the ten seconds after which its supervisor loses patience. */
  private static final Duration WORKER_STOPS_WITHIN = Duration.ofSeconds(8);

  /** That patience, then two seconds for those who watch a dashboard, and three for the rest. */
  private static final Duration CONTROLLER_STOPS_WITHIN = Duration.ofSeconds(17);

  /** A part that hangs is left to itself so much earlier, for the sake of those below it. */
  private static final Duration RESERVE = Duration.ofSeconds(2);

  /** How long the log may take for them. */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final NodeConfig config;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Lifetime(NodeConfig config) {
    this.config = config;
  }

  /** Runs the node until it is asked to stop; returns the exit code. */
  static int run(NodeConfig config) {
    log.info("Starting Rondo node: {}", config.title());
    try (NodeFolder folder = NodeFolder.claim(config.folder())) {
      log.debug("Data folder taken folder={}", folder);
      return new Lifetime(config).live();
    } catch (IOException e) {
      log.error("{} cannot start: {}", name(config), Reasons.of(e));
      return FAILED;
    }
  }

  private int live() {
    Signals.listen(this::ask, this::halt);
    HeadStart headStart = HeadStart.of(config);
    Node node;
    try {
      node = Node.start(config, ground -> Parts.of(ground, headStart));
    } catch (Exception e) {
      headStart.abandon();
      log.debug("Start failed", e);
      log.error("{} cannot start: {} {}", name(config), Reasons.of(e), ports());
      return FAILED;
    }
    log.info(
        "{} ready {} in={}ms",
        name(config),
        ports(),
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime());
    awaitSignal();
    node.stop(stopsWithin().minus(RESERVE));
    stopped.countDown();
    log.info("{} stopped", name(config));
    return STOPPED;
  }

  private String ports() {
    return "http=%1$s:%2$d grpc=%1$s:%3$d membership=%1$s:%4$d"
        .formatted(
            config.host(), config.http().port(), config.grpc().port(), config.membership().port());
  }

  private void awaitSignal() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() {
    asked.countDown();
    inBackground("stop-watchdog", this::haltIfLate);
    // Last of all: where nobody takes the output, whoever logs waits.
    log.info("Stopping {}", name(config));
  }

  private static Thread inBackground(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void haltIfLate() {
    Duration limit = stopsWithin();
    try {
      if (!stopped.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        inBackground("stop-verdict", () -> logLate(limit)).join(LAST_WORDS.toMillis());
        halt(FAILED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void logLate(Duration limit) {
    log.error("{} did not stop in time, halting limit={}s", name(config), limit.toSeconds());
  }

  /**
   * Ends this process at once, and with it the workers that it supervises, whoever started them.
   */
  private void halt(int code) {
    try {
      SupervisedProcesses.of(config).forEach(ProcessHandle::destroyForcibly);
    } finally {
      Runtime.getRuntime().halt(code);
    }
  }

  private Duration stopsWithin() {
    return config.role() == Role.CONTROLLER ? CONTROLLER_STOPS_WITHIN : WORKER_STOPS_WITHIN;
  }

  private static String name(NodeConfig config) {
    return config.role() == Role.CONTROLLER ? "Controller" : "Worker " + config.id();
  }
}
