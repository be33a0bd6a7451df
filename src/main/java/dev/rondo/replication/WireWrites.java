package dev.rondo.replication;

import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.proto.Acknowledgement;
import dev.rondo.proto.Answer;
import dev.rondo.proto.WriteOutcome;
import dev.rondo.proto.WriteOutcome.Code;
import java.util.List;

/** What became of a forwarded write, in both directions. */
final class WireWrites {

  private WireWrites() {}

  static Answer answer(long id, Outcome outcome) {
    return Answer.newBuilder().setId(id).setWrite(wire(outcome)).build();
  }

  private static WriteOutcome.Builder wire(Outcome outcome) {
    WriteOutcome.Builder wire = WriteOutcome.newBuilder();
    if (outcome instanceof Outcome.Acknowledged acknowledged) {
      return acknowledged(wire, acknowledged);
    }
    if (outcome instanceof Outcome.ConditionFailed failed) {
      return wire.setCode(Code.CONDITION_FAILED).setVersion(Wire.version(failed.held()));
    }
    if (outcome instanceof Outcome.Superseded superseded) {
      return wire.setCode(Code.SUPERSEDED).setVersion(Wire.version(superseded.newest()));
    }
    if (outcome instanceof Outcome.QuorumUnavailable unavailable) {
      return wire.setCode(Code.QUORUM_UNAVAILABLE)
          .setRequired(unavailable.required())
          .setAnswered(unavailable.available());
    }
    if (outcome instanceof Outcome.Unknown unknown) {
      return wire.setCode(Code.UNKNOWN)
          .setRequired(unknown.required())
          .setAnswered(unknown.confirmed());
    }
    if (outcome instanceof Outcome.Impossible impossible) {
      return wire.setCode(Code.IMPOSSIBLE).setDetail(impossible.detail());
    }
    return wire.setCode(code((Outcome.Refused) outcome));
  }

  private static WriteOutcome.Builder acknowledged(
      WriteOutcome.Builder wire, Outcome.Acknowledged acknowledged) {
    wire.setCode(Code.ACKNOWLEDGED)
        .setVersion(Wire.version(acknowledged.version()))
        .setReplicas(acknowledged.replicas())
        .setHinted(acknowledged.hinted())
        .setW(acknowledged.w())
        .setN(acknowledged.n())
        .setNote(note(acknowledged.note()))
        .setCoordinator(acknowledged.coordinator());
    for (Writing.Acknowledgement one : acknowledged.acknowledgements()) {
      wire.addAcknowledgements(
          Acknowledgement.newBuilder()
              .setHolder(one.holder())
              .setOwner(one.owner())
              .setMicros(one.micros()));
    }
    return wire;
  }

  private static WriteOutcome.Note note(Writing.Note note) {
    return switch (note) {
      case BACKGROUND_WRITE_ACTIVE -> WriteOutcome.Note.BACKGROUND_WRITE_ACTIVE;
      case FULLY_REPLICATED -> WriteOutcome.Note.FULLY_REPLICATED;
      case HINTED -> WriteOutcome.Note.HINTED;
    };
  }

  private static Code code(Outcome.Refused refused) {
    return switch (refused) {
      case DISK_FULL -> Code.DISK_FULL;
      case OVERLOADED -> Code.OVERLOADED;
      case STORAGE_FAILED -> Code.STORAGE_FAILED;
      case UNSTAMPED, NOT_COORDINATING -> Code.NOT_COORDINATING;
    };
  }

  static Outcome outcome(Answer answer) {
    WireAnswers.expect(answer, Answer.BodyCase.WRITE);
    WriteOutcome wire = answer.getWrite();
    return switch (wire.getCode()) {
      case ACKNOWLEDGED -> acknowledged(wire);
      case CONDITION_FAILED -> new Outcome.ConditionFailed(Wire.version(wire.getVersion()));
      case SUPERSEDED -> new Outcome.Superseded(Wire.version(wire.getVersion()));
      case QUORUM_UNAVAILABLE ->
          new Outcome.QuorumUnavailable(wire.getRequired(), wire.getAnswered());
      case UNKNOWN -> new Outcome.Unknown(wire.getRequired(), wire.getAnswered());
      case IMPOSSIBLE -> new Outcome.Impossible(wire.getDetail());
      case DISK_FULL -> Outcome.Refused.DISK_FULL;
      case OVERLOADED -> Outcome.Refused.OVERLOADED;
      case STORAGE_FAILED -> Outcome.Refused.STORAGE_FAILED;
      case NOT_COORDINATING -> Outcome.Refused.NOT_COORDINATING;
      case UNRECOGNIZED -> throw new IllegalArgumentException("unknown outcome of a write");
    };
  }

  private static Outcome acknowledged(WriteOutcome wire) {
    return new Outcome.Acknowledged(
        Wire.version(wire.getVersion()),
        wire.getReplicas(),
        wire.getHinted(),
        wire.getW(),
        wire.getN(),
        note(wire.getNote()),
        wire.getCoordinator(),
        acknowledgements(wire));
  }

  private static List<Writing.Acknowledgement> acknowledgements(WriteOutcome wire) {
    return wire.getAcknowledgementsList().stream()
        .map(one -> new Writing.Acknowledgement(one.getHolder(), one.getOwner(), one.getMicros()))
        .toList();
  }

  private static Writing.Note note(WriteOutcome.Note note) {
    return switch (note) {
      case BACKGROUND_WRITE_ACTIVE -> Writing.Note.BACKGROUND_WRITE_ACTIVE;
      case FULLY_REPLICATED -> Writing.Note.FULLY_REPLICATED;
      case HINTED -> Writing.Note.HINTED;
      case UNRECOGNIZED -> throw new IllegalArgumentException("unknown note of a write");
    };
  }
}
