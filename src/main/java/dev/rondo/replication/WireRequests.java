package dev.rondo.replication;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Storing;
import dev.rondo.bus.Writing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import dev.rondo.proto.AdoptStore;
import dev.rondo.proto.AskState;
import dev.rondo.proto.Fetch;
import dev.rondo.proto.ForwardRead;
import dev.rondo.proto.ForwardWrite;
import dev.rondo.proto.Hint;
import dev.rondo.proto.Ping;
import dev.rondo.proto.Put;
import dev.rondo.proto.Request;
import dev.rondo.proto.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests, in both directions. Their ids are set by whoever sends them. */
final class WireRequests {

  private static final int MILLIS_MAX = Integer.MAX_VALUE;

  private WireRequests() {}

  /** A copy or a hint out of a store; nothing else that can be stored travels. */
  static Request.Builder send(Storing.Entry entry) {
    return send(entry, false);
  }

  /** The same; {@code fresh} if it is of a write that was stamped just now. */
  static Request.Builder send(Storing.Entry entry, boolean fresh) {
    if (entry instanceof Storing.Entry.Put put) {
      return Request.newBuilder().setPut(put(put.key(), put.record()).toBuilder().setFresh(fresh));
    }
    if (entry instanceof Storing.Entry.Hint hint) {
      return Request.newBuilder()
          .setHint(
              Hint.newBuilder()
                  .setOwner(hint.owner())
                  .setKey(Wire.bytes(hint.key().bytes()))
                  .setRecord(Wire.bytes(hint.record().encoded()))
                  .setFresh(fresh));
    }
    throw new IllegalArgumentException("only copies and hints are sent to a peer");
  }

  static Put put(Key key, StoredRecord record) {
    return Put.newBuilder()
        .setKey(Wire.bytes(key.bytes()))
        .setRecord(Wire.bytes(record.encoded()))
        .build();
  }

  static Storing.Entry.Put put(Put put) {
    Key key = Wire.key(put.getKey());
    return new Storing.Entry.Put(key, Wire.record(key, put.getRecord()));
  }

  static Storing.Entry.Hint hint(Hint hint) {
    Key key = Wire.key(hint.getKey());
    return new Storing.Entry.Hint(hint.getOwner(), key, Wire.record(key, hint.getRecord()));
  }

  static Request.Builder fetch(Key key, Holding.Want want) {
    return Request.newBuilder()
        .setFetch(
            Fetch.newBuilder()
                .setKey(Wire.bytes(key.bytes()))
                .setWhole(want == Holding.Want.RECORD)
                .setIntact(want == Holding.Want.INTACT));
  }

  static Request.Builder fetchHint(Key key) {
    return Request.newBuilder()
        .setFetch(Fetch.newBuilder().setKey(Wire.bytes(key.bytes())).setHint(true));
  }

  static Holding.Item fetch(Fetch fetch) {
    return new Holding.Item(Wire.key(fetch.getKey()), want(fetch));
  }

  private static Holding.Want want(Fetch fetch) {
    if (fetch.getWhole()) {
      return Holding.Want.RECORD;
    }
    return fetch.getIntact() ? Holding.Want.INTACT : Holding.Want.VERSION;
  }

  static Request.Builder write(Writing.Forwarded forwarded) {
    Writing.Write write = forwarded.write();
    ForwardWrite.Builder wire =
        ForwardWrite.newBuilder()
            .setKey(Wire.bytes(write.key().bytes()))
            .setVersion(Wire.version(forwarded.version()))
            .setW(write.w())
            .setSloppy(write.sloppy())
            .setTimeoutMillis(millis(write.timeoutMillis()))
            .setTraced(write.traced());
    Writing.Content content = write.content();
    if (content == null) {
      wire.setTombstone(true);
    } else {
      wire.setContentType(content.contentType()).setValue(Wire.bytes(content.value()));
    }
    condition(wire, write.condition());
    return Request.newBuilder().setWrite(wire);
  }

  private static void condition(ForwardWrite.Builder wire, Writing.Condition condition) {
    if (condition instanceof Writing.Condition.Matches matches) {
      wire.setCondition(ForwardWrite.Condition.MATCHES);
      matches.versions().forEach(version -> wire.addMatches(Wire.version(version)));
    } else if (condition instanceof Writing.Condition.Absent) {
      wire.setCondition(ForwardWrite.Condition.ABSENT);
    } else if (condition instanceof Writing.Condition.Present) {
      wire.setCondition(ForwardWrite.Condition.PRESENT);
    } else {
      wire.setCondition(ForwardWrite.Condition.ALWAYS);
    }
  }

  static Writing.Forwarded write(ForwardWrite wire) {
    Writing.@Nullable Content content =
        wire.getTombstone()
            ? null
            : new Writing.Content(wire.getContentType(), Wire.bytes(wire.getValue()));
    return new Writing.Forwarded(
        new Writing.Write(
            Wire.key(wire.getKey()),
            content,
            wire.getW(),
            wire.getSloppy(),
            wire.getTimeoutMillis(),
            condition(wire),
            wire.getTraced()),
        Wire.version(wire.getVersion()));
  }

  private static Writing.Condition condition(ForwardWrite wire) {
    return switch (wire.getCondition()) {
      case ALWAYS -> Writing.Condition.Always.ALWAYS;
      case ABSENT -> Writing.Condition.Absent.ABSENT;
      case PRESENT -> Writing.Condition.Present.PRESENT;
      case MATCHES -> new Writing.Condition.Matches(versions(wire));
      case UNRECOGNIZED -> throw new IllegalArgumentException("unknown condition");
    };
  }

  private static List<Version> versions(ForwardWrite wire) {
    return wire.getMatchesList().stream().map(Wire::version).toList();
  }

  static Request.Builder read(Reading.Read read) {
    return Request.newBuilder()
        .setRead(
            ForwardRead.newBuilder()
                .setKey(Wire.bytes(read.key().bytes()))
                .setR(read.r())
                .setTimeoutMillis(millis(read.timeoutMillis())));
  }

  static Reading.Read read(ForwardRead wire) {
    return new Reading.Read(Wire.key(wire.getKey()), wire.getR(), wire.getTimeoutMillis());
  }

  static Request.Builder stamp() {
    return Request.newBuilder().setStamp(Stamp.getDefaultInstance());
  }

  static Request.Builder ping() {
    return Request.newBuilder().setPing(Ping.getDefaultInstance());
  }

  static Request.Builder adoptStore(Bytes storeId) {
    return Request.newBuilder()
        .setAdoptStore(AdoptStore.newBuilder().setStoreId(Wire.bytes(storeId)));
  }

  static Request.Builder askState() {
    return Request.newBuilder().setAskState(AskState.getDefaultInstance());
  }

  /** At least 1, so that what has next to no time left is not taken for having no limit. */
  private static int millis(long timeoutMillis) {
    return (int) Math.max(1, Math.min(timeoutMillis, MILLIS_MAX));
  }
}
