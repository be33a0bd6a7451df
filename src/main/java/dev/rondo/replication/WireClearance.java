package dev.rondo.replication;

import dev.rondo.core.purge.Clearance;
import dev.rondo.proto.Answer;
import dev.rondo.proto.Clear;
import dev.rondo.proto.Cleared;
import dev.rondo.proto.Request;

/** What members say of themselves before tombstones are purged, in both directions. */
final class WireClearance {

  private WireClearance() {}

  static Request.Builder ask(long epoch) {
    return Request.newBuilder().setClear(Clear.newBuilder().setEpoch(epoch));
  }

  static Answer answer(long id, Clearance clearance) {
    return Answer.newBuilder()
        .setId(id)
        .setCleared(
            Cleared.newBuilder()
                .setStartedMillis(clearance.startedMillis())
                .setFit(clearance.fit())
                .setClean(clearance.clean())
                .setHints(clearance.hints())
                .addAllRipe(clearance.ripe()))
        .build();
  }

  static Clearance read(Answer answer, long askedMillis) {
    WireAnswers.expect(answer, Answer.BodyCase.CLEARED);
    Cleared wire = answer.getCleared();
    return new Clearance(
        askedMillis,
        wire.getStartedMillis(),
        wire.getFit(),
        wire.getClean(),
        wire.getHints(),
        wire.getRipeList());
  }
}
