package dev.rondo.api;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Writing.Condition;
import dev.rondo.bus.Writing.Content;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.bus.Writing.Write;
import dev.rondo.core.record.Key;
import dev.rondo.http.Answers;
import dev.rondo.http.Faults;
import dev.rondo.http.Headers;
import dev.rondo.http.Intake;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** PUT and DELETE of a key. Everything is checked before the first byte of the value is read. */
final class KvWrites {

  /** How much longer to wait for the router than the router itself waits. */
  static final int SLACK_MILLIS = 500;

  private final Bus bus;
  private final Intake intake;
  private final Answers answers;
  private final int timeoutMillis;

  /** Writes that wait {@code timeoutMillis} unless the client says otherwise. */
  KvWrites(Bus bus, Intake intake, Answers answers, int timeoutMillis) {
    this.bus = bus;
    this.intake = intake;
    this.answers = answers;
    this.timeoutMillis = timeoutMillis;
  }

  /** Stores the body of the request under the key. */
  void put(HttpServerRequest request, Key key, @Nullable String query) {
    refusePart(request);
    KvParameters parameters = KvParameters.ofWrite(query, timeoutMillis);
    Condition condition = Conditions.of(request.headers()).ofWrite();
    boolean traced = isTraced(request);
    String mediaType = MediaType.of(request.headers());
    Future<Outcome> outcome =
        intake
            .read(request)
            .compose(
                value ->
                    write(key, new Content(mediaType, value), parameters, condition, traced)
                        .onComplete(done -> intake.release(value)));
    answers.when(request, outcome, it -> WriteAnswers.send(request, it, traced));
  }

  /** Deletes the key, whether or not it exists. */
  void delete(HttpServerRequest request, Key key, @Nullable String query) {
    KvParameters parameters = KvParameters.ofWrite(query, timeoutMillis);
    Condition condition = Conditions.of(request.headers()).ofWrite();
    boolean traced = isTraced(request);
    Future<Outcome> outcome =
        intake.discard(request).compose(read -> write(key, null, parameters, condition, traced));
    answers.when(request, outcome, it -> WriteAnswers.send(request, it, traced));
  }

  private Future<Outcome> write(
      Key key,
      @Nullable Content content,
      KvParameters parameters,
      Condition condition,
      boolean traced) {
    Write write =
        new Write(
            key,
            content,
            parameters.quorum(),
            parameters.sloppy(),
            parameters.timeoutMillis(),
            condition,
            traced);
    return bus.ask(Addresses.WRITE, write, parameters.timeoutMillis() + SLACK_MILLIS)
        .recover(Faults::ofWrite);
  }

  /** Stored as a whole value, a part would take the place of the rest (RFC 9110, section 14.5). */
  private static void refusePart(HttpServerRequest request) {
    if (request.headers().contains(HttpHeaders.CONTENT_RANGE)) {
      throw new Rejection(
          ProblemCode.MALFORMED_HEADER,
          "A part of a value cannot be stored; leave out Content-Range");
    }
  }

  private static boolean isTraced(HttpServerRequest request) {
    String asked = request.headers().get(Headers.TRACE);
    if (asked == null || asked.equals("0")) {
      return false;
    }
    if (asked.equals("1")) {
      return true;
    }
    throw new Rejection(ProblemCode.MALFORMED_HEADER, "X-Rondo-Trace can be 0 or 1");
  }
}
