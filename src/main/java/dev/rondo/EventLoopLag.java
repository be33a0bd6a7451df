package dev.rondo;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Measures how late an event loop is: what a timer that should be punctual is late by. */
final class EventLoopLag extends VerticleBase {
  private static final long PERIOD_MILLIS = 200;

  private final Timer lag;
  private long expected;

  EventLoopLag(MeterRegistry meters) {
    this.lag =
        Timer.builder("rondo.eventloop.lag")
            .description("How late timers of the event loops are")
            .publishPercentiles(0.5, 0.99)
            .distributionStatisticExpiry(Duration.ofMinutes(1))
            .register(meters);
  }

  @Override
  public Future<?> start() {
    expected = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
    vertx.setPeriodic(PERIOD_MILLIS, timer -> measure());
    return Future.succeededFuture();
  }

  private void measure() {
    long now = System.nanoTime();
    lag.record(Math.max(0, now - expected), TimeUnit.NANOSECONDS);
    expected = now + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
  }
}
