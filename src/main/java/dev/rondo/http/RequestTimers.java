package dev.rondo.http;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * The timers {@code rondo.http.requests}, one for each method and kind of outcome, all made in
 * advance. {@code method} is that of a request for a key, or {@code other}.
 */
public final class RequestTimers {

  private static final String NAME = "rondo.http.requests";
  private static final Duration[] BUCKETS =
      LongStream.of(500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 500_000, 2_500_000)
          .mapToObj(micros -> Duration.ofNanos(micros * 1000))
          .toArray(Duration[]::new);

  /** What a timed request was. */
  public enum Kind {
    GET,
    HEAD,
    PUT,
    DELETE,
    OTHER;

    /** That of a request for a key. */
    public static Kind ofKeyRequest(HttpMethod method) {
      return method.equals(HttpMethod.GET)
          ? GET
          : method.equals(HttpMethod.PUT)
              ? PUT
              : method.equals(HttpMethod.DELETE)
                  ? DELETE
                  : method.equals(HttpMethod.HEAD) ? HEAD : OTHER;
    }
  }

  private enum Outcome {
    SUCCESS,
    NOT_FOUND,
    CLIENT_ERROR,
    UNAVAILABLE,
    UNKNOWN,
    SERVER_ERROR,
    ABANDONED
  }

  private final Map<Kind, Map<Outcome, Timer>> timers = new EnumMap<>(Kind.class);

  /** Registers all of them. */
  public RequestTimers(MeterRegistry meters) {
    for (Kind kind : Kind.values()) {
      Map<Outcome, Timer> ofKind = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        ofKind.put(outcome, timer(kind, outcome, meters));
      }
      timers.put(kind, ofKind);
    }
  }

  /** Counts one request. */
  public void record(Kind kind, int status, boolean answered, long nanos) {
    Outcome outcome = answered ? outcome(status) : Outcome.ABANDONED;
    Map<Outcome, Timer> ofKind = requireNonNull(timers.get(kind));
    requireNonNull(ofKind.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
  }

  private static Timer timer(Kind kind, Outcome outcome, MeterRegistry meters) {
    return Timer.builder(NAME)
        .description("Time from the head of a request to its answer")
        .tag("method", tag(kind))
        .tag("outcome", tag(outcome))
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  private static Outcome outcome(int status) {
    if (status < 400) {
      return Outcome.SUCCESS;
    }
    if (status < 500) {
      return status == 404 ? Outcome.NOT_FOUND : Outcome.CLIENT_ERROR;
    }
    return status == 503
        ? Outcome.UNAVAILABLE
        : status == 504 ? Outcome.UNKNOWN : Outcome.SERVER_ERROR;
  }

  private static String tag(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
