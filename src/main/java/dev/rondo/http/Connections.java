package dev.rondo.http;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The open client connections of one event loop: how many there may be, and how long each may rest.
 *
 * <p>A connection rests from its opening, or from its last answer, until the head of a request is
 * complete; what else it sends makes no difference. The server's own idle timeout is not used: it
 * would cut off requests that are being served, and be fooled by a client that sends its headers
 * byte by byte.
 */
public final class Connections {

  private static final long WATCH_MILLIS = 250;
  private static final long SURPLUS_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int SURPLUS_MAX = 64;

  /** Each may hold as much memory as a head may have. */
  private static final int STREAMS_MAX = 2048;

  private final long restNanos;
  private final AtomicInteger seatsMax = new AtomicInteger();
  private final Set<Seat> seats = new HashSet<>();
  private int streams;
  private boolean watched;

  /** Lets connections rest for as long as they like before it is to watch; has no seats yet. */
  Connections(long restSeconds) {
    this.restNanos = TimeUnit.SECONDS.toNanos(restSeconds);
  }

  /** Serves so many more connections at a time; a few beyond all are served with a refusal. */
  void widen(int more) {
    seatsMax.addAndGet(more);
  }

  /** Watches from now on; called on the event loop of the connections, as all that follows. */
  void watch(Vertx vertx) {
    if (!watched) {
      watched = true;
      vertx.setPeriodic(WATCH_MILLIS, tick -> watch());
    }
  }

  /** A client has connected; null where there is not even room for a refusal. */
  @Nullable Seat arrived(Runnable cutOff) {
    int most = seatsMax.get();
    if (seats.size() >= most + SURPLUS_MAX) {
      return null;
    }
    Seat seat = new Seat(seats.size() >= most, System.nanoTime(), cutOff);
    seats.add(seat);
    return seat;
  }

  /** HTTP is spoken on a connection that has arrived. */
  void opened(HttpConnection connection) {
    Seat seat = Arrival.seatOf(connection);
    if (seat != null) {
      seat.speaks(connection);
    }
    Http2Connection shared = Arrival.sharedOf(connection);
    if (shared != null) {
      shared.addListener(new Streams());
    }
  }

  /**
   * Whether more requests than may be are not over yet: over HTTP/2 an answer is only when the
   * client has taken it, and until then all of its request stays in memory.
   */
  boolean areCrowded() {
    return streams > STREAMS_MAX;
  }

  private final class Streams extends Http2ConnectionAdapter {
    @Override
    public void onStreamActive(Http2Stream stream) {
      streams++;
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
      streams--;
    }
  }

  /** A connection has ended. */
  void left(Seat seat) {
    seats.remove(seat);
  }

  /** A request begins; false when its connection is one too many. */
  public boolean begin(HttpConnection connection) {
    Seat seat = Arrival.seatOf(connection);
    if (seat == null) {
      return true;
    }
    seat.begin();
    return !seat.isSurplus();
  }

  /** A request was answered. */
  public void end(HttpConnection connection, long nowNanos) {
    Seat seat = Arrival.seatOf(connection);
    if (seat != null) {
      seat.end(nowNanos);
    }
  }

  private void watch() {
    long now = System.nanoTime();
    List<Seat> resting = seats.stream().filter(seat -> seat.rests(now, limit(seat))).toList();
    resting.forEach(seat -> seat.close(now));
  }

  private long limit(Seat seat) {
    return seat.isSurplus() ? Math.min(SURPLUS_NANOS, restNanos) : restNanos;
  }
}
