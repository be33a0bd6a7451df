package dev.rondo.controller.journal;

import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Events.Logged;
import dev.rondo.http.Timestamps;
import io.vertx.core.json.JsonObject;

/** An event as JSON: the same in the file, over REST and in the dashboard. */
public final class EventJson {

  private EventJson() {}

  /** The event as an object. */
  public static JsonObject write(Logged logged) {
    ClusterEvent event = logged.event();
    return new JsonObject()
        .put("seq", logged.seq())
        .put("at", Timestamps.of(logged.atMillis()))
        .put("kind", event.kind())
        .put("level", event.level().name())
        .put("worker", event.worker())
        .put("text", event.text());
  }

  /** Reads it again; throws some {@link RuntimeException} when it is none. */
  static Logged read(String line) {
    JsonObject json = new JsonObject(line);
    return new Logged(
        json.getLong("seq"),
        Timestamps.millis(json.getString("at")),
        new ClusterEvent(
            json.getString("kind"),
            ClusterEvent.Level.valueOf(json.getString("level")),
            json.getInteger("worker"),
            json.getString("text")));
  }
}
