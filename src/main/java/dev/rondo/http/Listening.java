package dev.rondo.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/**
 * Keeps a port open. It is deployed behind everything that answers there and undeployed before it,
 * so that nobody is let in too early, and whoever is in is answered. It is never replaced.
 */
public final class Listening extends VerticleBase {

  private final Port port;

  public Listening(Port port) {
    this.port = port;
  }

  @Override
  public Future<?> start() {
    return port.open();
  }

  @Override
  public Future<?> stop() {
    return port.close();
  }
}
