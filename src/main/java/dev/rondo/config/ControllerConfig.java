package dev.rondo.config;

/**
 * Where the controller is found. A worker needs none: it serves from its own copy of the cluster
 * state, and attends the controller as soon as there is one.
 *
 * @param grpcPort 0 for a worker that attends none
 */
public record ControllerConfig(String host, int grpcPort) {

  public ControllerConfig {
    Check.host("controller.host", host);
    Check.range("controller.grpcPort", grpcPort, 0, 65535);
  }
}
