package dev.rondo.api;

import dev.rondo.bus.Reading.Outcome;
import dev.rondo.bus.Reading.Outcome.Found;
import dev.rondo.bus.Reading.Outcome.Impossible;
import dev.rondo.bus.Reading.Outcome.NotFound;
import dev.rondo.bus.Reading.Outcome.QuorumUnavailable;
import dev.rondo.bus.Reading.Outcome.Refused;
import dev.rondo.bus.Reading.Outcome.TimedOut;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.version.Version;
import dev.rondo.http.EntityTags;
import dev.rondo.http.Headers;
import dev.rondo.http.Outflow;
import dev.rondo.http.Problem;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;

/** Outcomes of reads, as HTTP. */
final class ReadAnswers {

  private ReadAnswers() {}

  /** Answers; throws {@link Rejection} unless there is something to show. */
  static void send(
      HttpServerRequest request, Conditions conditions, Outcome outcome, Outflow outflow) {
    if (!(outcome instanceof Found found)) {
      throw new Rejection(problem(outcome));
    }
    Version version = found.record().version();
    String tag = version.toString();
    EntityTags match = conditions.match();
    if (match != null && !match.matchesStrongly(tag)) {
      throw new Rejection(WriteAnswers.conditionFailed(version));
    }
    EntityTags noneMatch = conditions.noneMatch();
    if (noneMatch != null && noneMatch.matches(tag)) {
      about(found, tag, request.response()).setStatusCode(304).end();
    } else if (request.method().equals(HttpMethod.HEAD)) {
      head(found, tag, request.response()).end();
    } else {
      Bytes value = found.record().value();
      outflow.admit(value.length());
      outflow.end(head(found, tag, request.response()), view(value));
    }
  }

  private static HttpServerResponse about(Found found, String tag, HttpServerResponse response) {
    return response
        .putHeader(HttpHeaders.ETAG, EntityTags.quoted(tag))
        .putHeader(Headers.VERSION, tag)
        .putHeader(Headers.COORDINATOR, Integer.toString(found.coordinator()))
        .putHeader(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE);
  }

  /**
   * Stored pages must never run in a browser: no sniffing, saved instead of shown, and not for
   * other pages to load as a script or a picture of theirs.
   */
  private static HttpServerResponse head(Found found, String tag, HttpServerResponse response) {
    String mediaType = MediaType.served(found.record().contentType());
    int length = found.record().value().length();
    return about(found, tag, response)
        .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(length))
        .putHeader(Headers.CONTENT_TYPE_OPTIONS, Headers.NOSNIFF)
        .putHeader(Headers.CONTENT_DISPOSITION, Headers.ATTACHMENT)
        .putHeader(Headers.RESOURCE_POLICY, Headers.SAME_ORIGIN);
  }

  /** The bytes themselves, not a copy. */
  private static Buffer view(Bytes value) {
    return BufferInternal.buffer(
        Unpooled.wrappedBuffer(value.array(), value.offset(), value.length()));
  }

  private static Problem problem(Outcome outcome) {
    if (outcome instanceof NotFound nothing) {
      return notFound(nothing);
    }
    if (outcome instanceof QuorumUnavailable quorum) {
      return unavailable(quorum.required(), quorum.available(), "are in reach");
    }
    if (outcome instanceof TimedOut late) {
      return unavailable(late.required(), late.answered(), "answered in time");
    }
    if (outcome instanceof Impossible impossible) {
      return Problem.of(ProblemCode.IMPOSSIBLE_PARAMETER, impossible.detail());
    }
    if (outcome instanceof Refused refused) {
      return refused(refused);
    }
    throw new IllegalStateException("unknown outcome " + outcome);
  }

  private static Problem notFound(NotFound nothing) {
    Problem problem =
        Problem.of(ProblemCode.KEY_NOT_FOUND, "The key does not exist")
            .header("X-Rondo-Coordinator", Integer.toString(nothing.coordinator()));
    return nothing.tombstone().exists()
        ? problem.header("X-Rondo-Version", nothing.tombstone().toString())
        : problem;
  }

  private static Problem unavailable(int required, int available, String state) {
    return Problem.of(
            ProblemCode.QUORUM_UNAVAILABLE,
            "%d owners are needed, %d %s; repeating is safe".formatted(required, available, state))
        .member("required", required)
        .member("available", available);
  }

  private static Problem refused(Refused refused) {
    return switch (refused) {
      case OVERLOADED -> Problem.overloaded("Too many reads are waiting");
      case STORAGE_FAILED -> Problem.of(ProblemCode.STORAGE_FAILED, "The storage has failed");
      case NOT_COORDINATING ->
          Problem.of(ProblemCode.UNAVAILABLE, "No worker that may coordinate is in reach");
    };
  }
}
