package dev.rondo.heartbeat;

import dev.rondo.config.StateDocument;
import dev.rondo.core.accord.Acceptor;
import dev.rondo.core.accord.Ballot;
import dev.rondo.core.accord.Vote;
import dev.rondo.core.record.Bytes;
import io.vertx.core.json.JsonObject;

/** What this worker promised and accepted, as it is kept. */
final class VoteDocument {

  static final String NAME = "cluster.vote";

  private VoteDocument() {}

  static Bytes encode(Acceptor acceptor) {
    JsonObject document =
        new JsonObject()
            .put("epoch", acceptor.epoch())
            .put("promised", ballot(acceptor.promised()));
    Vote accepted = acceptor.accepted();
    if (accepted != null) {
      document
          .put("acceptedUnder", ballot(accepted.ballot()))
          .put("accepted", new JsonObject(StateDocument.encode(accepted.state()).toUtf8()));
    }
    return Bytes.utf8(document.encode());
  }

  /** Fails with a message for a person when the note cannot be read. */
  static Acceptor decode(Bytes note) {
    if (note.length() == 0) {
      return Acceptor.BLANK;
    }
    try {
      JsonObject json = new JsonObject(note.toUtf8());
      return new Acceptor(
          json.getLong("epoch"),
          ballot(json.getJsonObject("promised")),
          json.containsKey("accepted") ? vote(json) : null);
    } catch (RuntimeException e) {
      throw new IllegalStateException("the stored " + NAME + " cannot be read: " + e, e);
    }
  }

  private static Vote vote(JsonObject json) {
    return new Vote(
        ballot(json.getJsonObject("acceptedUnder")),
        StateDocument.decode(Bytes.utf8(json.getJsonObject("accepted").encode())));
  }

  private static JsonObject ballot(Ballot ballot) {
    return new JsonObject().put("round", ballot.round()).put("controller", ballot.controller());
  }

  private static Ballot ballot(JsonObject json) {
    return new Ballot(json.getLong("round"), json.getString("controller"));
  }
}
