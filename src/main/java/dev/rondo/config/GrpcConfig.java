package dev.rondo.config;

/**
 * The traffic between workers.
 *
 * @param port 0 picks a free one
 * @param queueMax requests at most that wait for one peer's answers; more fail at once
 */
public record GrpcConfig(int port, int queueMax) {

  public GrpcConfig {
    Check.range("grpc.port", port, 0, 65535);
    Check.range("grpc.queueMax", queueMax, 16, 1_000_000);
  }
}
