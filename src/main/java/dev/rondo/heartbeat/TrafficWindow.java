package dev.rondo.heartbeat;

import dev.rondo.bus.Traffic;
import dev.rondo.proto.Report;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sums up the samples of all HTTP instances, one window after the other. */
final class TrafficWindow {
  private static final Logger log = LoggerFactory.getLogger(TrafficWindow.class);
  private static final double MICROS = TimeUnit.MILLISECONDS.toMicros(1);

  private Histogram latency = none();
  private long reads;
  private long writes;
  private long failures;
  private long since;
  private Report latest = Report.getDefaultInstance();

  TrafficWindow(long nowMillis) {
    this.since = nowMillis;
  }

  void add(Traffic sample) {
    reads += sample.reads();
    writes += sample.writes();
    failures += sample.failures();
    try {
      latency.add(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(sample.latency().toArray()), 0));
    } catch (RuntimeException e) {
      log.warn("A sample of latencies cannot be read reason={}", e.toString());
    }
  }

  /** Ends the window and begins the next; returns whether there is anything to tell. */
  boolean close(long nowMillis) {
    Report before = latest;
    latest =
        Report.newBuilder()
            .setReads(reads)
            .setWrites(writes)
            .setFailures(failures)
            .setIntervalMillis((int) Math.max(1, nowMillis - since))
            .setP50Millis(latency.getValueAtPercentile(50) / MICROS)
            .setP99Millis(latency.getValueAtPercentile(99) / MICROS)
            .build();
    latency = none();
    reads = 0;
    writes = 0;
    failures = 0;
    since = nowMillis;
    return before.getReads() + before.getWrites() + latest.getReads() + latest.getWrites() > 0;
  }

  /** A report that says only what the last window held. */
  Report latest() {
    return latest;
  }

  private static Histogram none() {
    return new Histogram(2);
  }
}
