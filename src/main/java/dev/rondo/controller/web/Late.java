package dev.rondo.controller.web;

import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.bus.Writing.Acknowledgement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The latest acknowledgements behind the answers of followed writes: a few, and for no longer than
 * the page of whoever sent the write needs to have seen one snapshot.
 */
final class Late {

  static final int MAX = 64;
  static final long AGE_MILLIS = 10_000;

  private record Heard(LateAcknowledgement news, long atMillis) {}

  private final Deque<Heard> heard = new ArrayDeque<>();

  void add(LateAcknowledgement news, long nowMillis) {
    if (heard.size() == MAX) {
      heard.removeFirst();
    }
    heard.addLast(new Heard(news, nowMillis));
  }

  /** Those that are not too old, the oldest first. */
  JsonArray json(long nowMillis) {
    while (!heard.isEmpty() && heard.getFirst().atMillis() < nowMillis - AGE_MILLIS) {
      heard.removeFirst();
    }
    JsonArray traces = new JsonArray();
    heard.forEach(one -> traces.add(json(one.news())));
    return traces;
  }

  private static JsonObject json(LateAcknowledgement news) {
    Acknowledgement one = news.acknowledgement();
    return new JsonObject()
        .put("trace", news.version().toString())
        .put("worker", one.holder())
        .put("hintFor", one.owner() == one.holder() ? null : one.owner())
        .put("millis", Figures.rounded(one.micros() / 1000.0));
  }
}
