package dev.rondo.wire;

import dev.rondo.bus.Fitness;
import dev.rondo.bus.Handover;
import dev.rondo.core.member.StoreIdentity;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.version.TimeAccord;
import dev.rondo.core.version.Version;
import dev.rondo.http.Socket;
import dev.rondo.proto.Answers;
import dev.rondo.proto.Requests;
import dev.rondo.time.NodeClock;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the verticle that talks to the peers gives the next one. The calls of the peers stay as they
 * are; the calls to them are made anew, beside those that end.
 */
public record PeerState(
    Socket socket,
    List<Caller> callers,
    Identity identity,
    Clock clock,
    Version lastSeen,
    Repairs repairs)
    implements Handover {

  public PeerState {
    callers = List.copyOf(callers);
  }

  /** A peer that calls, and was welcomed. */
  public record Caller(GrpcServerRequest<Requests, Answers> call, int worker) {}

  /**
   * Whose the storage is.
   *
   * @param state what was concluded, by its name
   * @param again records were lost during a rebuild, and all is to be fetched once more behind it
   */
  public record Identity(Bytes storeId, String state, StoreIdentity evidence, boolean again) {}

  /**
   * What is known of this worker's clocks.
   *
   * @param seen which steps of them the accord knows of
   * @param told what the node was told last
   */
  public record Clock(
      TimeAccord accord, NodeClock.Steps seen, Fitness.Finding.Clock told, boolean convicted) {}

  /**
   * Regular comparisons with the peers.
   *
   * @param nextMillis when each peer is due, on a steady clock
   * @param orders that somebody gave and that are not carried out
   */
  public record Exchanges(Map<Integer, Long> nextMillis, List<Long> orders) {

    public Exchanges {
      nextMillis = Map.copyOf(nextMillis);
      orders = List.copyOf(orders);
    }
  }

  /**
   * How far copies are equal.
   *
   * @param begun whether comparing may have begun at all
   * @param owed peers with whom a comparison is still to be made
   * @param filledEpoch the state under which all copies are there
   * @param cleanupMillis when copies are looked for that are not owned, on a steady clock
   */
  public record Repairs(
      boolean begun,
      boolean caughtUp,
      Set<Integer> owed,
      long filledEpoch,
      long cleanupMillis,
      Exchanges exchanges) {

    public Repairs {
      owed = Set.copyOf(owed);
    }
  }
}
