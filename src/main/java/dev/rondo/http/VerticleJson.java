package dev.rondo.http;

import dev.rondo.bus.BusProtocol;
import dev.rondo.bus.Redeploying.Attempt;
import dev.rondo.bus.Redeploying.Code;
import dev.rondo.bus.Redeploying.Verticle;
import dev.rondo.bus.Redeploying.Verticles;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Verticles as JSON. */
public final class VerticleJson {

  private VerticleJson() {}

  /** All of a node. */
  public static JsonObject of(Verticles verticles) {
    JsonArray all = new JsonArray();
    verticles.all().forEach(verticle -> all.add(of(verticle)));
    return new JsonObject()
        .put("busProtocol", BusProtocol.VERSION)
        .put("jarDirectory", verticles.jarDirectory())
        .put("verticles", all);
  }

  /** One of them. */
  public static JsonObject of(Verticle verticle) {
    return new JsonObject()
        .put("name", verticle.name())
        .put("replaceable", verticle.replaceable())
        .put("instances", verticle.instances())
        .put("generation", verticle.generation())
        .put("code", verticle.code().version())
        .put("jar", verticle.code().jar())
        .put("since", Timestamps.of(verticle.sinceMillis()))
        .put("inFlight", verticle.inFlight())
        .put("state", verticle.isReplacing() ? "replacing" : "running")
        .put("rollback", code(verticle.rollback()))
        .put("last", attempt(verticle.last()));
  }

  private static @Nullable JsonObject code(@Nullable Code code) {
    return code == null
        ? null
        : new JsonObject().put("code", code.version()).put("jar", code.jar());
  }

  private static @Nullable JsonObject attempt(@Nullable Attempt attempt) {
    return attempt == null
        ? null
        : new JsonObject()
            .put("id", attempt.ticket())
            .put("action", word(attempt.action()))
            .put("status", word(attempt.status()))
            .put("step", word(attempt.step()).replace('_', ' '))
            .put("generation", attempt.generation())
            .put("code", attempt.code().version())
            .put("jar", attempt.code().jar())
            .put("startedAt", Timestamps.of(attempt.startedMillis()))
            .put("endedAt", Timestamps.orNever(attempt.endedMillis()))
            .put("heldMillis", attempt.heldMillis())
            .put("reason", attempt.reason().isEmpty() ? null : attempt.reason());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
