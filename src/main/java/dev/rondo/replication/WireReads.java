package dev.rondo.replication;

import dev.rondo.bus.Reading.Outcome;
import dev.rondo.core.record.Key;
import dev.rondo.proto.Answer;
import dev.rondo.proto.ReadOutcome;
import dev.rondo.proto.ReadOutcome.Code;

/** What became of a forwarded read, in both directions. */
final class WireReads {

  private WireReads() {}

  static Answer answer(long id, Outcome outcome) {
    return Answer.newBuilder().setId(id).setRead(wire(outcome)).build();
  }

  private static ReadOutcome.Builder wire(Outcome outcome) {
    ReadOutcome.Builder wire = ReadOutcome.newBuilder();
    if (outcome instanceof Outcome.Found found) {
      return wire.setCode(Code.FOUND)
          .setRecord(Wire.bytes(found.record().encoded()))
          .setCoordinator(found.coordinator());
    }
    if (outcome instanceof Outcome.NotFound missing) {
      return wire.setCode(Code.NOT_FOUND)
          .setTombstone(Wire.version(missing.tombstone()))
          .setCoordinator(missing.coordinator());
    }
    if (outcome instanceof Outcome.QuorumUnavailable unavailable) {
      return wire.setCode(Code.QUORUM_UNAVAILABLE)
          .setRequired(unavailable.required())
          .setAnswered(unavailable.available());
    }
    if (outcome instanceof Outcome.TimedOut late) {
      return wire.setCode(Code.TIMED_OUT).setRequired(late.required()).setAnswered(late.answered());
    }
    if (outcome instanceof Outcome.Impossible impossible) {
      return wire.setCode(Code.IMPOSSIBLE).setDetail(impossible.detail());
    }
    return wire.setCode(code((Outcome.Refused) outcome));
  }

  private static Code code(Outcome.Refused refused) {
    return switch (refused) {
      case OVERLOADED -> Code.OVERLOADED;
      case STORAGE_FAILED -> Code.STORAGE_FAILED;
      case NOT_COORDINATING -> Code.NOT_COORDINATING;
    };
  }

  static Outcome outcome(Key key, Answer answer) {
    WireAnswers.expect(answer, Answer.BodyCase.READ);
    ReadOutcome wire = answer.getRead();
    return switch (wire.getCode()) {
      case FOUND -> new Outcome.Found(Wire.record(key, wire.getRecord()), wire.getCoordinator());
      case NOT_FOUND ->
          new Outcome.NotFound(Wire.version(wire.getTombstone()), wire.getCoordinator());
      case QUORUM_UNAVAILABLE ->
          new Outcome.QuorumUnavailable(wire.getRequired(), wire.getAnswered());
      case TIMED_OUT -> new Outcome.TimedOut(wire.getRequired(), wire.getAnswered());
      case IMPOSSIBLE -> new Outcome.Impossible(wire.getDetail());
      case OVERLOADED -> Outcome.Refused.OVERLOADED;
      case STORAGE_FAILED -> Outcome.Refused.STORAGE_FAILED;
      case NOT_COORDINATING -> Outcome.Refused.NOT_COORDINATING;
      case UNRECOGNIZED -> throw new IllegalArgumentException("unknown outcome of a read");
    };
  }
}
