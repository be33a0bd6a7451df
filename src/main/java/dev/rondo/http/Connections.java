package dev.rondo.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The open client connections: how many there may be, and how long each may rest.
 *
 * <p>A connection rests from its opening, or from its last answer, until the head of a request is
 * complete. The server's own idle timeout is not used: it would cut off requests that are being
 * served, and be fooled by a client that sends its headers byte by byte.
 */
public final class Connections {

  private static final long WATCH_MILLIS = 250;
  private static final long SURPLUS_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int SURPLUS_MAX = 64;

  private final int seatsMax;
  private final long restNanos;
  private final Map<HttpConnection, Seat> seats = new HashMap<>();

  /** Serves {@code seatsMax} connections at a time, and a few more with a refusal. */
  public Connections(Vertx vertx, int seatsMax, long restSeconds) {
    this(seatsMax, restSeconds);
    watch(vertx);
  }

  /** The same, which lets connections rest for as long as they like before it is to watch. */
  Connections(int seatsMax, long restSeconds) {
    this.seatsMax = seatsMax;
    this.restNanos = TimeUnit.SECONDS.toNanos(restSeconds);
  }

  /** Watches from now on; called on the event loop of the connections. */
  void watch(Vertx vertx) {
    vertx.setPeriodic(WATCH_MILLIS, tick -> watch());
  }

  /** A client has connected. */
  public void opened(HttpConnection connection) {
    if (seats.size() >= seatsMax + SURPLUS_MAX) {
      connection.close();
      return;
    }
    seats.put(connection, new Seat(seats.size() >= seatsMax, System.nanoTime()));
    connection.closeHandler(closed -> seats.remove(connection));
  }

  /** A request begins; false when its connection is one too many. */
  public boolean begin(HttpConnection connection) {
    Seat seat = seats.get(connection);
    if (seat == null) {
      return true;
    }
    seat.begin();
    return !seat.isSurplus();
  }

  /** A request was answered. */
  public void end(HttpConnection connection, long nowNanos) {
    Seat seat = seats.get(connection);
    if (seat != null) {
      seat.end(nowNanos);
    }
  }

  private void watch() {
    long now = System.nanoTime();
    seats.entrySet().stream()
        .filter(entry -> entry.getValue().rests(now, limit(entry.getValue())))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(HttpConnection::close);
  }

  private long limit(Seat seat) {
    return seat.isSurplus() ? Math.min(SURPLUS_NANOS, restNanos) : restNanos;
  }
}
