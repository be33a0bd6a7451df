package dev.rondo.replication;

import dev.rondo.proto.HelloAnswer;
import dev.rondo.proto.Pong;

/**
 * What a worker says of its clocks.
 *
 * @param wallMillis its wall clock
 * @param timeMillis the time by which it stamps
 * @param agreed whether most of its peers agree with it on that time
 */
record PeerClocks(long wallMillis, long timeMillis, boolean agreed) {

  static PeerClocks of(HelloAnswer answer) {
    return of(answer.getWallMillis(), answer.getTimeMillis(), answer.getAgreed());
  }

  static PeerClocks of(Pong pong) {
    return of(pong.getWallMillis(), pong.getTimeMillis(), pong.getAgreed());
  }

  private static PeerClocks of(long wallMillis, long timeMillis, boolean agreed) {
    return new PeerClocks(wallMillis, timeMillis == 0 ? wallMillis : timeMillis, agreed);
  }
}
