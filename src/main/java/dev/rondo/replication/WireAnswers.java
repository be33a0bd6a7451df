package dev.rondo.replication;

import dev.rondo.bus.Hinting;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import dev.rondo.proto.Answer;
import dev.rondo.proto.Held;
import dev.rondo.proto.Pong;
import dev.rondo.proto.State;
import dev.rondo.proto.Stored;

/** Answers about single copies, in both directions. */
final class WireAnswers {

  private WireAnswers() {}

  static Answer stored(long id, Storing.Result result) {
    Stored.Builder wire = Stored.newBuilder();
    if (result instanceof Storing.Result.Newer newer) {
      wire.setCode(Stored.Code.NEWER).setNewer(Wire.version(newer.version()));
    } else if (result instanceof Storing.Result.Refusal refusal) {
      wire.setCode(code(refusal));
    } else {
      wire.setCode(Stored.Code.DURABLE);
    }
    return Answer.newBuilder().setId(id).setStored(wire).build();
  }

  private static Stored.Code code(Storing.Result.Refusal refusal) {
    return switch (refusal) {
      case DISK_FULL -> Stored.Code.DISK_FULL;
      case OVERLOADED -> Stored.Code.OVERLOADED;
      case HINTS_FULL -> Stored.Code.HINTS_FULL;
      case CLOCK_DRIFT -> Stored.Code.CLOCK_DRIFT;
      case STORAGE_FAILED -> Stored.Code.STORAGE_FAILED;
    };
  }

  static Storing.Result stored(Answer answer) {
    expect(answer, Answer.BodyCase.STORED);
    Stored wire = answer.getStored();
    return switch (wire.getCode()) {
      case DURABLE -> Storing.Result.Done.DURABLE;
      case NEWER -> new Storing.Result.Newer(Wire.version(wire.getNewer()));
      case DISK_FULL -> Storing.Result.Refusal.DISK_FULL;
      case OVERLOADED -> Storing.Result.Refusal.OVERLOADED;
      case HINTS_FULL -> Storing.Result.Refusal.HINTS_FULL;
      case CLOCK_DRIFT -> Storing.Result.Refusal.CLOCK_DRIFT;
      case STORAGE_FAILED -> Storing.Result.Refusal.STORAGE_FAILED;
      case UNRECOGNIZED -> throw new IllegalArgumentException("unknown answer to a copy");
    };
  }

  static Answer held(long id, Holding.Answer held) {
    Held.Builder wire = Held.newBuilder();
    if (held instanceof Holding.Answer.Whole whole) {
      wire.setCode(Held.Code.WHOLE).setRecord(Wire.bytes(whole.record().encoded()));
    } else if (held instanceof Holding.Answer.VersionOnly only) {
      wire.setCode(Held.Code.VERSION).setVersion(Wire.version(only.version()));
    } else if (held instanceof Holding.Answer.Nothing nothing) {
      wire.setCode(nothing.counts() ? Held.Code.NOTHING : Held.Code.IGNORANT);
    } else if (held instanceof Holding.Answer.Unreadable unreadable) {
      wire.setCode(Held.Code.UNREADABLE).setReason(unreadable.reason());
    } else {
      wire.setCode(Held.Code.OVERLOADED);
    }
    return Answer.newBuilder().setId(id).setHeld(wire).build();
  }

  static Holding.Answer held(Key key, Answer answer) {
    expect(answer, Answer.BodyCase.HELD);
    Held wire = answer.getHeld();
    return switch (wire.getCode()) {
      case NOTHING -> new Holding.Answer.Nothing(true);
      case IGNORANT -> new Holding.Answer.Nothing(false);
      case VERSION -> new Holding.Answer.VersionOnly(Wire.version(wire.getVersion()));
      case WHOLE -> new Holding.Answer.Whole(Wire.record(key, wire.getRecord()));
      case UNREADABLE -> new Holding.Answer.Unreadable(wire.getReason());
      case OVERLOADED -> Holding.Answer.Overloaded.OVERLOADED;
      case UNRECOGNIZED -> throw new IllegalArgumentException("unknown answer to a fetch");
    };
  }

  static Answer kept(long id, Hinting.Kept kept) {
    Version latest = kept.latest();
    return held(
        id,
        latest.exists()
            ? new Holding.Answer.VersionOnly(latest)
            : new Holding.Answer.Nothing(true));
  }

  static Hinting.Kept kept(Key key, Answer answer) {
    return new Hinting.Kept(
        held(key, answer) instanceof Holding.Answer.VersionOnly kept
            ? kept.version()
            : Version.NONE);
  }

  static Answer stamp(long id, Version version) {
    return Answer.newBuilder().setId(id).setStamp(Wire.version(version)).build();
  }

  static Version stamp(Answer answer) {
    expect(answer, Answer.BodyCase.STAMP);
    return Wire.version(answer.getStamp());
  }

  static Answer pong(long id, PeerClocks own) {
    Pong.Builder pong =
        Pong.newBuilder()
            .setWallMillis(own.wallMillis())
            .setTimeMillis(own.timeMillis())
            .setAgreed(own.agreed());
    return Answer.newBuilder().setId(id).setPong(pong).build();
  }

  static PeerClocks pong(Answer answer) {
    expect(answer, Answer.BodyCase.PONG);
    return PeerClocks.of(answer.getPong());
  }

  static Answer state(long id, State state) {
    return Answer.newBuilder().setId(id).setState(state).build();
  }

  static State state(Answer answer) {
    expect(answer, Answer.BodyCase.STATE);
    return answer.getState();
  }

  static Answer fault(long id, String what) {
    return Answer.newBuilder().setId(id).setFault(what).build();
  }

  static void expect(Answer answer, Answer.BodyCase body) {
    if (answer.getBodyCase() != body) {
      throw new IllegalArgumentException("answer is of the wrong kind: " + answer.getBodyCase());
    }
  }
}
