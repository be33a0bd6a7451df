package dev.rondo.api;

import dev.rondo.http.Query;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request for a key.
 *
 * @param quorum w or r; 0 for the cluster's own setting
 * @param sloppy whether hints count towards w
 * @param timeoutMillis how long the client waits
 */
record KvParameters(int quorum, boolean sloppy, int timeoutMillis) {

  private static final Set<String> OF_WRITES = Set.of("w", "sloppy", "timeout");
  private static final Set<String> OF_READS = Set.of("r", "timeout");
  private static final int TIMEOUT_MAX = 600_000;

  /** Those of a PUT or DELETE. */
  static KvParameters ofWrite(@Nullable String query, int timeoutMillis) {
    return of(Query.parse(query, OF_WRITES), "w", timeoutMillis);
  }

  /** Those of a GET or HEAD. */
  static KvParameters ofRead(@Nullable String query, int timeoutMillis) {
    return of(Query.parse(query, OF_READS), "r", timeoutMillis);
  }

  private static KvParameters of(Query query, String quorum, int timeoutMillis) {
    // The router, which knows the configuration in force, checks the upper end.
    return new KvParameters(
        query.positive(quorum, Integer.MAX_VALUE, "1 to the replication factor", 0),
        query.flag("sloppy", true),
        query.positive("timeout", TIMEOUT_MAX, "1 to " + TIMEOUT_MAX + " ms", timeoutMillis));
  }
}
