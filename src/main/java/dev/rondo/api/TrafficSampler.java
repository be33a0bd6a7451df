package dev.rondo.api;

import dev.rondo.bus.Traffic;
import dev.rondo.core.record.Bytes;
import dev.rondo.http.RequestTimers;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Sums up one instance's requests for keys, from one sample to the next. */
final class TrafficSampler {

  private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(1);

  private final Histogram latency = new Histogram(MICROS_MAX, 2);
  private final ByteBuffer encoded = ByteBuffer.allocate(latency.getNeededByteBufferCapacity());
  private long reads;
  private long writes;
  private long failures;

  /** Counts one request; others than for keys are not counted. */
  void record(RequestTimers.Kind kind, int status, long nanos) {
    switch (kind) {
      case GET, HEAD -> reads++;
      case PUT, DELETE -> writes++;
      case OTHER -> {
        return;
      }
    }
    failures += status >= 500 ? 1 : 0;
    latency.recordValue(Math.min(MICROS_MAX, TimeUnit.NANOSECONDS.toMicros(nanos)));
  }

  /** What was counted since the last time. */
  Traffic take() {
    encoded.clear();
    latency.encodeIntoByteBuffer(encoded);
    byte[] bytes = new byte[encoded.flip().remaining()];
    encoded.get(bytes);
    Traffic sample = new Traffic(reads, writes, failures, Bytes.wrap(bytes));
    latency.reset();
    reads = 0;
    writes = 0;
    failures = 0;
    return sample;
  }
}
