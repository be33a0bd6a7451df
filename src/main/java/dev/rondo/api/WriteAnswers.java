package dev.rondo.api;

import dev.rondo.bus.Writing.Acknowledgement;
import dev.rondo.bus.Writing.Note;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.bus.Writing.Outcome.Acknowledged;
import dev.rondo.bus.Writing.Outcome.ConditionFailed;
import dev.rondo.bus.Writing.Outcome.Impossible;
import dev.rondo.bus.Writing.Outcome.QuorumUnavailable;
import dev.rondo.bus.Writing.Outcome.Refused;
import dev.rondo.bus.Writing.Outcome.Superseded;
import dev.rondo.bus.Writing.Outcome.Unknown;
import dev.rondo.core.version.Version;
import dev.rondo.http.EntityTags;
import dev.rondo.http.Faults;
import dev.rondo.http.Headers;
import dev.rondo.http.Problem;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** Outcomes of writes, as HTTP. */
final class WriteAnswers {

  private WriteAnswers() {}

  /**
   * Answers; throws {@link Rejection} unless the write was acknowledged. A client that follows its
   * write is told under which name later acknowledgements are.
   */
  static void send(HttpServerRequest request, Outcome outcome, boolean traced) {
    if (!(outcome instanceof Acknowledged acknowledged)) {
      throw new Rejection(problem(outcome));
    }
    String version = acknowledged.version().toString();
    if (traced) {
      request.response().putHeader(Headers.TRACE, version);
    }
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, Headers.JSON)
        .putHeader(HttpHeaders.ETAG, EntityTags.quoted(version))
        .putHeader(Headers.VERSION, version)
        .putHeader(Headers.COORDINATOR, Integer.toString(acknowledged.coordinator()))
        .putHeader(Headers.SERVER_TIMING, timing(acknowledged.acknowledgements()))
        .end(body(acknowledged, version));
  }

  /** The first three members come first because existing clients know them so. */
  private static Buffer body(Acknowledged write, String version) {
    return Buffer.buffer(
        "{\"status\":\"success\",\"replicas\":"
            + write.replicas()
            + ",\"note\":\""
            + name(write.note())
            + "\",\"w\":"
            + write.w()
            + ",\"n\":"
            + write.n()
            + ",\"hinted\":"
            + write.hinted()
            + ",\"version\":\""
            + version
            + "\"}");
  }

  private static String name(Note note) {
    return switch (note) {
      case BACKGROUND_WRITE_ACTIVE -> "background_write_active";
      case FULLY_REPLICATED -> "fully_replicated";
      case HINTED -> "hinted";
    };
  }

  /** One entry for each acknowledgement, in milliseconds: {@code w0;dur=0.8, w3;dur=1.2;…}. */
  private static String timing(List<Acknowledgement> acknowledgements) {
    StringBuilder timing = new StringBuilder(acknowledgements.size() * 16);
    for (Acknowledgement one : acknowledgements) {
      timing.append(timing.isEmpty() ? "w" : ", w").append(one.holder()).append(";dur=");
      timing.append(one.micros() / 1000).append('.').append(one.micros() / 100 % 10);
      if (one.holder() != one.owner()) {
        timing.append(";desc=\"hint for ").append(one.owner()).append('"');
      }
    }
    return timing.toString();
  }

  private static Problem problem(Outcome outcome) {
    if (outcome instanceof ConditionFailed failed) {
      return conditionFailed(failed.held());
    }
    if (outcome instanceof QuorumUnavailable quorum) {
      return Problem.of(
              ProblemCode.QUORUM_UNAVAILABLE,
              "%d workers are needed, %d are in reach; nothing was sent, repeating is safe"
                  .formatted(quorum.required(), quorum.available()))
          .member("required", quorum.required())
          .member("available", quorum.available());
    }
    if (outcome instanceof Unknown unknown) {
      return Faults.outcomeUnknown(
              "%d workers are needed, %d confirmed in time; the write may apply all the same"
                  .formatted(unknown.required(), unknown.confirmed()))
          .member("required", unknown.required())
          .member("confirmed", unknown.confirmed());
    }
    if (outcome instanceof Impossible impossible) {
      return Problem.of(ProblemCode.IMPOSSIBLE_PARAMETER, impossible.detail());
    }
    if (outcome instanceof Refused refused) {
      return refused(refused);
    }
    if (outcome instanceof Superseded) {
      // Workers settle this among themselves; should it get here, some replica may have the write.
      return Faults.outcomeUnknown("A newer write came in between");
    }
    throw new IllegalStateException("unknown outcome " + outcome);
  }

  /** What was found instead of what the client expected. */
  static Problem conditionFailed(Version held) {
    if (!held.exists()) {
      return Problem.of(ProblemCode.PRECONDITION_FAILED, "The key does not exist")
          .member("version", null);
    }
    return Problem.of(ProblemCode.PRECONDITION_FAILED, "The key has version " + held)
        .member("version", held.toString())
        .header("ETag", EntityTags.quoted(held));
  }

  private static Problem refused(Refused refused) {
    return switch (refused) {
      case DISK_FULL ->
          Problem.of(ProblemCode.DISK_FULL, "The disk has less free space than is kept in reserve");
      case OVERLOADED ->
          Problem.overloaded(
              "Too many writes are waiting, or the storage is slow; nothing was sent");
      case STORAGE_FAILED ->
          Problem.of(ProblemCode.STORAGE_FAILED, "The storage has failed; nothing was sent");
      case UNSTAMPED ->
          Problem.of(
              ProblemCode.UNAVAILABLE,
              "No worker in reach has a clock that others agree with, so the write gets no version;"
                  + " nothing was sent");
      case NOT_COORDINATING ->
          Problem.of(
              ProblemCode.UNAVAILABLE,
              "No worker that may coordinate is in reach; nothing was sent");
    };
  }
}
