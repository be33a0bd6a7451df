package dev.rondo.config;

import java.util.List;

/**
 * The workers that a controller starts on its own machine, ids 0 to {@code workers - 1}.
 *
 * @param workers how many; 0 for none
 * @param javaOptions for their JVMs
 */
public record SupervisorConfig(int workers, List<String> javaOptions) {

  /** How many workers one controller starts at most. */
  public static final int WORKERS_MAX = 64;

  public SupervisorConfig {
    javaOptions = List.copyOf(javaOptions);
    Check.range("supervisor.workers", workers, 0, WORKERS_MAX);
  }
}
