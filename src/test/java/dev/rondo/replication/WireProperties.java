package dev.rondo.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Storing;
import dev.rondo.bus.Writing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import dev.rondo.proto.Answer;
import dev.rondo.proto.Request;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever can be said comes out of the wire as it went in. */
class WireProperties {
  private static final Key KEY = Key.of("alpha");

  @Property
  void copies_travel(@ForAll("records") StoredRecord record) {
    Storing.Entry.Put put = new Storing.Entry.Put(KEY, record);
    assertThat(WireRequests.put(travel(WireRequests.send(put)).getPut())).isEqualTo(put);
  }

  @Property
  void hints_travel(@ForAll("records") StoredRecord record, @ForAll("ids") int owner) {
    Storing.Entry.Hint hint = new Storing.Entry.Hint(owner, KEY, record);
    assertThat(WireRequests.hint(travel(WireRequests.send(hint)).getHint())).isEqualTo(hint);
  }

  @Property
  void fetches_travel(@ForAll("keys") Key key, @ForAll Holding.Want want) {
    assertThat(WireRequests.fetch(travel(WireRequests.fetch(key, want)).getFetch()))
        .isEqualTo(new Holding.Item(key, want));
  }

  @Property
  void writes_travel(@ForAll("writes") Writing.Forwarded write) {
    assertThat(WireRequests.write(travel(WireRequests.write(write)).getWrite())).isEqualTo(write);
  }

  @Property
  void reads_travel(
      @ForAll("keys") Key key, @ForAll("small") int r, @ForAll("millis") long millis) {
    Reading.Read read = new Reading.Read(key, r, millis);
    assertThat(WireRequests.read(travel(WireRequests.read(read)).getRead())).isEqualTo(read);
  }

  @Property
  void results_of_copies_travel(@ForAll("results") Storing.Result result) {
    assertThat(WireAnswers.stored(travel(WireAnswers.stored(1, result)))).isEqualTo(result);
  }

  @Property
  void what_is_held_travels(@ForAll("held") Holding.Answer held) {
    assertThat(WireAnswers.held(KEY, travel(WireAnswers.held(1, held)))).isEqualTo(held);
  }

  @Property
  void outcomes_of_writes_travel(@ForAll("writeOutcomes") Writing.Outcome outcome) {
    assertThat(WireWrites.outcome(travel(WireWrites.answer(1, outcome)))).isEqualTo(outcome);
  }

  @Property
  void outcomes_of_reads_travel(@ForAll("readOutcomes") Reading.Outcome outcome) {
    assertThat(WireReads.outcome(KEY, travel(WireReads.answer(1, outcome)))).isEqualTo(outcome);
  }

  @Property
  void stamps_and_clocks_travel(
      @ForAll("versions") Version version,
      @ForAll("millis") long wall,
      @ForAll("millis") long time,
      @ForAll boolean agreed) {
    PeerClocks clocks = new PeerClocks(wall, time == 0 ? wall : time, agreed);
    assertThat(WireAnswers.stamp(travel(WireAnswers.stamp(1, version)))).isEqualTo(version);
    assertThat(WireAnswers.pong(travel(WireAnswers.pong(1, clocks)))).isEqualTo(clocks);
  }

  @Property
  void a_flipped_bit_in_a_record_is_noticed(
      @ForAll("records") StoredRecord record, @ForAll("small") int where) {
    byte[] damaged = record.encoded().toArray().clone();
    damaged[where % damaged.length] ^= 1;
    assertThatThrownBy(() -> Wire.record(KEY, ByteString.copyFrom(damaged)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void bytes_in_pieces_are_joined() {
    ByteString left = ByteString.copyFrom(new byte[300]);
    ByteString right = ByteString.copyFromUtf8("end".repeat(100));
    assertThat(Wire.bytes(left.concat(right)).toArray())
        .isEqualTo(left.concat(right).toByteArray());
  }

  @Example
  void an_answer_of_the_wrong_kind_is_noticed() {
    assertThatThrownBy(() -> WireAnswers.stored(WireAnswers.pong(1, new PeerClocks(1, 1, true))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Request travel(Request.Builder request) {
    try {
      return Request.parseFrom(request.setId(1).build().toByteArray());
    } catch (InvalidProtocolBufferException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Answer travel(Answer answer) {
    try {
      return Answer.parseFrom(answer.toByteArray());
    } catch (InvalidProtocolBufferException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Provide
  Arbitrary<Integer> ids() {
    return Arbitraries.integers().between(0, 9999);
  }

  @Provide
  Arbitrary<Integer> small() {
    return Arbitraries.integers().between(0, 100);
  }

  @Provide
  Arbitrary<Long> millis() {
    return Arbitraries.longs().between(1, Integer.MAX_VALUE);
  }

  @Provide
  Arbitrary<Key> keys() {
    return Arbitraries.strings().ofMinLength(1).ofMaxLength(200).map(Key::of);
  }

  @Provide
  Arbitrary<Version> versions() {
    return Arbitraries.oneOf(stamped(), Arbitraries.just(Version.NONE));
  }

  private Arbitrary<Version> stamped() {
    return Combinators.combine(Arbitraries.longs().filter(stamp -> stamp != 0), ids())
        .as(Version::new);
  }

  @Provide
  Arbitrary<StoredRecord> records() {
    Arbitrary<Bytes> values = Arbitraries.bytes().array(byte[].class).map(Bytes::wrap);
    return Arbitraries.oneOf(
        stamped().map(version -> StoredRecord.tombstone(KEY, version)),
        Combinators.combine(stamped(), types(), values)
            .as((version, type, value) -> StoredRecord.live(KEY, version, type, value)));
  }

  private static Arbitrary<String> types() {
    return Arbitraries.strings().ascii().ofMaxLength(100);
  }

  @Provide
  Arbitrary<Writing.Forwarded> writes() {
    Arbitrary<Writing.Content> contents =
        Combinators.combine(types(), Arbitraries.bytes().array(byte[].class).map(Bytes::wrap))
            .as(Writing.Content::new);
    return Combinators.combine(
            keys(),
            contents.injectNull(0.2),
            small(),
            Arbitraries.of(true, false),
            millis(),
            conditions(),
            Arbitraries.of(true, false),
            versions())
        .as(
            (key, content, w, sloppy, millis, condition, traced, version) ->
                new Writing.Forwarded(
                    new Writing.Write(key, content, w, sloppy, millis, condition, traced),
                    version));
  }

  private Arbitrary<Writing.Condition> conditions() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            Writing.Condition.Always.ALWAYS,
            Writing.Condition.Absent.ABSENT,
            Writing.Condition.Present.PRESENT),
        versions().list().ofMaxSize(5).map(Writing.Condition.Matches::new));
  }

  @Provide
  Arbitrary<Storing.Result> results() {
    return Arbitraries.oneOf(
        Arbitraries.of(Storing.Result.Done.class),
        Arbitraries.of(Storing.Result.Refusal.class),
        versions().map(Storing.Result.Newer::new));
  }

  @Provide
  Arbitrary<Holding.Answer> held() {
    return Arbitraries.oneOf(
        records().map(Holding.Answer.Whole::new),
        versions().map(Holding.Answer.VersionOnly::new),
        Arbitraries.of(true, false).map(Holding.Answer.Nothing::new),
        Arbitraries.strings().map(Holding.Answer.Unreadable::new),
        Arbitraries.of(Holding.Answer.Overloaded.class));
  }

  @Provide
  Arbitrary<Writing.Outcome> writeOutcomes() {
    return Arbitraries.oneOf(
        acknowledged(),
        versions().map(Writing.Outcome.ConditionFailed::new),
        versions().map(Writing.Outcome.Superseded::new),
        Combinators.combine(small(), small()).as(Writing.Outcome.QuorumUnavailable::new),
        Combinators.combine(small(), small()).as(Writing.Outcome.Unknown::new),
        Arbitraries.strings().map(Writing.Outcome.Impossible::new),
        // Who stamps is who took the write in, and nobody else is told.
        Arbitraries.of(Writing.Outcome.Refused.class)
            .filter(reason -> reason != Writing.Outcome.Refused.UNSTAMPED));
  }

  private Arbitrary<Writing.Outcome> acknowledged() {
    Arbitrary<Writing.Acknowledgement> acknowledgements =
        Combinators.combine(ids(), ids(), millis()).as(Writing.Acknowledgement::new);
    return Combinators.combine(
            versions(),
            small(),
            small(),
            small(),
            small(),
            Arbitraries.of(Writing.Note.class),
            ids(),
            acknowledgements.list().ofMaxSize(5))
        .as(Writing.Outcome.Acknowledged::new);
  }

  @Provide
  Arbitrary<Reading.Outcome> readOutcomes() {
    return Arbitraries.oneOf(
        Combinators.combine(records(), ids()).as(Reading.Outcome.Found::new),
        Combinators.combine(versions(), ids()).as(Reading.Outcome.NotFound::new),
        Combinators.combine(small(), small()).as(Reading.Outcome.QuorumUnavailable::new),
        Combinators.combine(small(), small()).as(Reading.Outcome.TimedOut::new),
        Arbitraries.strings().map(Reading.Outcome.Impossible::new),
        Arbitraries.of(Reading.Outcome.Refused.class));
  }
}
