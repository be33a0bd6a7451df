package dev.rondo.controller;

import dev.rondo.config.NodeConfig;
import dev.rondo.config.NodeFolder;
import dev.rondo.config.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers whose processes are started before the controller itself is: both take seconds, and need
 * not wait for each other. The supervisor takes the processes over. It blocks.
 */
public final class HeadStart {
  private static final Logger log = LoggerFactory.getLogger(HeadStart.class);
  private static final int CONNECT_MILLIS = 200;

  private final Map<Integer, Process> processes = new ConcurrentHashMap<>();

  private HeadStart() {}

  /** Nobody. */
  public static HeadStart none() {
    return new HeadStart();
  }

  /** Starts the workers that the node is to supervise, less those that run already. */
  public static HeadStart of(NodeConfig config) {
    HeadStart started = new HeadStart();
    if (config.role() == Role.CONTROLLER) {
      WorkerCommand command = new WorkerCommand(config);
      for (int id = 0; id < config.supervisor().workers(); id++) {
        started.launch(command, id);
      }
    }
    return started;
  }

  private void launch(WorkerCommand command, int id) {
    NodeConfig worker = command.config(id);
    try {
      if (!NodeFolder.isHeld(worker.folder()) && !answers(worker)) {
        processes.put(id, command.launcher().launch(worker, false));
      }
    } catch (IOException e) {
      // The supervisor tries again, and tells.
      log.debug("Worker {} not started yet", id, e);
    }
  }

  private static boolean answers(NodeConfig worker) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(worker.host(), worker.http().port()), CONNECT_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  /** Whether the worker was started and not taken over yet. */
  boolean has(int worker) {
    return processes.containsKey(worker);
  }

  /** The worker's process, once. */
  Optional<Process> take(int worker) {
    return Optional.ofNullable(processes.remove(worker));
  }

  /** Ends what nobody has taken over: the controller does not start. */
  public void abandon() {
    processes.values().forEach(Process::destroy);
    processes.clear();
  }
}
