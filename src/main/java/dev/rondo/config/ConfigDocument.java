package dev.rondo.config;

import static dev.rondo.config.Setting.*;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** A configuration written as the file that yields it again. */
public final class ConfigDocument {

  private ConfigDocument() {}

  /** Every setting of {@code config}, nothing left to defaults. */
  public static JsonObject of(NodeConfig config) {
    Map<Setting, Object> values = new EnumMap<>(Setting.class);
    node(config, values);
    storage(config.storage(), values);
    timeouts(config.timeouts(), values);
    values.put(HINTS_WINDOW_SECONDS, config.hints().windowSeconds());
    values.put(HINTS_BYTES_MAX, config.hints().bytesMax());
    values.put(REPAIR_BYTES_PER_SECOND, config.repair().bytesPerSecond());
    values.put(REDEPLOY_JAR_DIRECTORY, config.redeploy().jarDirectory().toString());
    values.put(REDEPLOY_READY_SECONDS, config.redeploy().readySeconds());
    values.put(REDEPLOY_DRAIN_SECONDS, config.redeploy().drainSeconds());
    values.put(REPAIR_INTERVAL_SECONDS, config.repair().intervalSeconds());
    values.put(REPAIR_EXCHANGES_MAX, config.repair().exchangesMax());
    values.put(REPAIR_CHECK_SECONDS, config.repair().checkSeconds());
    values.put(CLOCK_MAX_DRIFT_MILLIS, config.clock().maxDriftMillis());
    values.put(SUPERVISOR_WORKERS, config.supervisor().workers());
    values.put(SUPERVISOR_JAVA_OPTIONS, new JsonArray(config.supervisor().javaOptions()));
    JsonObject json = new JsonObject();
    values.forEach((setting, value) -> Spelling.put(json, setting.key(), value));
    return json;
  }

  private static void node(NodeConfig config, Map<Setting, Object> values) {
    values.put(ROLE, config.role().name().toLowerCase(Locale.ROOT));
    values.put(ID, config.id());
    values.put(CLUSTER, config.cluster());
    values.put(HOST, config.host());
    values.put(DATA, config.data().toString());
    values.put(HTTP_PORT, config.http().port());
    values.put(HTTP_INSTANCES, config.http().instances());
    values.put(LIMITS_VALUE_BYTES_MAX, config.http().valueBytesMax());
    values.put(HTTP_CONNECTIONS_MAX, config.http().connectionsMax());
    values.put(HTTP_IDLE_SECONDS, config.http().idleSeconds());
    values.put(HTTP_CORS_ORIGIN, config.http().corsOrigin());
    values.put(GRPC_PORT, config.grpc().port());
    values.put(GRPC_QUEUE_MAX, config.grpc().queueMax());
    values.put(CONTROLLER_HOST, config.controller().host());
    values.put(CONTROLLER_GRPC_PORT, config.controller().grpcPort());
    values.put(MEMBERSHIP_PORT, config.membership().port());
    values.put(MEMBERSHIP_SEEDS, new JsonArray(config.membership().seeds()));
    values.put(RING_VNODES, config.ring().vnodes());
    values.put(RING_REPLICATION_FACTOR, config.ring().replicationFactor());
    values.put(RING_WRITE_QUORUM, config.ring().writeQuorum());
    values.put(RING_READ_QUORUM, config.ring().readQuorum());
    values.put(MEMBERS, MemberList.write(config.ring().members()));
  }

  private static void storage(StorageConfig storage, Map<Setting, Object> values) {
    values.put(STORAGE_DURABILITY, storage.durability().name().toLowerCase(Locale.ROOT));
    values.put(STORAGE_SYNC_MILLIS, storage.syncMillis());
    values.put(STORAGE_RESERVE_BYTES, storage.reserveBytes());
    values.put(STORAGE_WRITE_QUEUE_MAX, storage.writeQueueMax());
    values.put(STORAGE_READ_QUEUE_MAX, storage.readQueueMax());
    values.put(STORAGE_READ_THREADS, storage.readThreads());
    values.put(STORAGE_CACHE_BYTES, storage.cacheBytes());
    values.put(STORAGE_RECORD_CACHE_BYTES, storage.recordCacheBytes());
    values.put(STORAGE_SCRUB_INTERVAL_SECONDS, storage.scrub().intervalSeconds());
    values.put(STORAGE_SCRUB_BYTES_PER_SECOND, storage.scrub().bytesPerSecond());
  }

  private static void timeouts(Timeouts timeouts, Map<Setting, Object> values) {
    values.put(TIMEOUTS_HEDGE_MILLIS, timeouts.hedgeMillis());
    values.put(TIMEOUTS_STORE_MILLIS, timeouts.storeMillis());
    values.put(TIMEOUTS_REPLICA_MILLIS, timeouts.replicaMillis());
    values.put(TIMEOUTS_COORDINATE_MILLIS, timeouts.coordinateMillis());
    values.put(TIMEOUTS_REQUEST_MILLIS, timeouts.requestMillis());
  }
}
