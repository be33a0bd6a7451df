package dev.rondo.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The questions that one generation of a verticle answers. It serves at addresses of its own; the
 * endpoints lead there from {@link #begin} until another one begins.
 */
public final class Tenure {

  private final Bus bus;
  private final String suffix;
  private final Set<String> endpoints = ConcurrentHashMap.newKeySet();
  private final AtomicInteger underway = new AtomicInteger();
  private final Promise<Void> idle = Promise.promise();
  private volatile boolean ending;

  Tenure(Bus root, String suffix) {
    this.bus = root.during(this);
    this.suffix = suffix;
  }

  /** The bus for the verticle: what is served with it is served in this tenure. */
  public Bus bus() {
    return bus;
  }

  /** The addresses of the endpoints that are served. */
  public Set<String> endpoints() {
    return Set.copyOf(endpoints);
  }

  /** Makes the endpoints lead here; questions that were held go first, in their order. */
  public void begin() {
    endpoints.forEach(endpoint -> bus.lead(endpoint, suffix));
  }

  /**
   * Holds questions to the endpoints until somebody's tenure begins. Completes when those that were
   * sent before are in the queue of whoever answers them.
   */
  public Future<Void> hold() {
    endpoints.forEach(bus::hold);
    return bus.settled();
  }

  /** Endpoints of this one that the next one does not serve are served by nobody any more. */
  public void end(Tenure next) {
    endpoints.stream()
        .filter(endpoint -> !next.endpoints.contains(endpoint))
        .forEach(endpoint -> bus.lead(endpoint, ""));
  }

  /** How many questions have begun and are not answered. */
  public int underway() {
    return underway.get();
  }

  /** Completes when no question is under way; called when no more come. */
  public Future<Void> idle() {
    ending = true;
    if (underway.get() == 0) {
      idle.tryComplete();
    }
    return idle.future();
  }

  /** Serves one more endpoint; returns the address for that. */
  String serve(String endpoint) {
    endpoints.add(endpoint);
    return endpoint + suffix;
  }

  void begun() {
    underway.incrementAndGet();
  }

  void done() {
    if (underway.decrementAndGet() == 0 && ending) {
      idle.tryComplete();
    }
  }
}
