package dev.rondo.wire;

import dev.rondo.core.accord.Ballot;

/** A ballot on its way between a controller and a worker. */
public final class BallotWire {

  private BallotWire() {}

  public static dev.rondo.proto.Ballot of(Ballot ballot) {
    return dev.rondo.proto.Ballot.newBuilder()
        .setRound(ballot.round())
        .setController(ballot.controller())
        .build();
  }

  public static Ballot read(dev.rondo.proto.Ballot message) {
    return new Ballot(message.getRound(), message.getController());
  }
}
