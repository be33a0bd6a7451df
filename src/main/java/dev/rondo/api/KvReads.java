package dev.rondo.api;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Reading.Outcome;
import dev.rondo.bus.Reading.Read;
import dev.rondo.core.record.Key;
import dev.rondo.http.Answers;
import dev.rondo.http.Faults;
import dev.rondo.http.Outflow;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** GET and HEAD of a key. */
final class KvReads {

  private final Bus bus;
  private final Outflow outflow;
  private final Answers answers;
  private final int timeoutMillis;

  /** Reads that wait {@code timeoutMillis} unless the client says otherwise. */
  KvReads(Bus bus, Outflow outflow, Answers answers, int timeoutMillis) {
    this.bus = bus;
    this.outflow = outflow;
    this.answers = answers;
    this.timeoutMillis = timeoutMillis;
  }

  /** Answers with the newest value. */
  void read(HttpServerRequest request, Key key, @Nullable String query) {
    KvParameters parameters = KvParameters.ofRead(query, timeoutMillis);
    Conditions conditions = Conditions.of(request.headers());
    Read read = new Read(key, parameters.quorum(), parameters.timeoutMillis());
    Future<Outcome> outcome =
        bus.ask(Addresses.READ, read, parameters.timeoutMillis() + KvWrites.SLACK_MILLIS)
            .recover(Faults::ofRead);
    answers.when(request, outcome, it -> ReadAnswers.send(request, conditions, it, outflow));
  }
}
