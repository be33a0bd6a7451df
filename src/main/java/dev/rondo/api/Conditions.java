package dev.rondo.api;

import dev.rondo.bus.Writing.Condition;
import dev.rondo.core.version.Version;
import dev.rondo.http.EntityTags;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client demands of the version that is held, before its request goes ahead. */
record Conditions(@Nullable EntityTags match, @Nullable EntityTags noneMatch) {

  private static final Conditions NONE = new Conditions(null, null);
  private static final String EXAMPLE = Version.of(1_700_000_000_000L, 0, 1).toString();
  private static final String IF_MATCH = "If-Match";
  private static final String IF_NONE_MATCH = "If-None-Match";

  /** Reads the two headers. */
  static Conditions of(MultiMap headers) {
    EntityTags match = tags(headers, HttpHeaders.IF_MATCH, IF_MATCH);
    EntityTags noneMatch = tags(headers, HttpHeaders.IF_NONE_MATCH, IF_NONE_MATCH);
    return match == null && noneMatch == null ? NONE : new Conditions(match, noneMatch);
  }

  /** The condition of a write. */
  Condition ofWrite() {
    if (match != null && noneMatch != null) {
      throw refused("If-Match and If-None-Match exclude each other");
    }
    if (noneMatch != null) {
      if (!noneMatch.any()) {
        throw refused("If-None-Match of a write can only be *");
      }
      return Condition.Absent.ABSENT;
    }
    if (match == null) {
      return Condition.Always.ALWAYS;
    }
    return match.any()
        ? Condition.Present.PRESENT
        : new Condition.Matches(versions(match.strong()));
  }

  private static @Nullable EntityTags tags(MultiMap headers, CharSequence name, String shown) {
    return EntityTags.of(headers, name, shown, EXAMPLE);
  }

  /** Somebody else's tags are understood, they just name nothing that is held here. */
  private static List<Version> versions(List<String> tags) {
    List<Version> versions = new ArrayList<>(tags.size());
    for (String tag : tags) {
      try {
        Version version = Version.parse(tag);
        if (version.toString().equals(tag)) {
          versions.add(version);
        }
      } catch (IllegalArgumentException foreign) {
        // It was not given out here.
      }
    }
    return versions;
  }

  private static Rejection refused(String why) {
    return new Rejection(ProblemCode.MALFORMED_HEADER, why);
  }
}
