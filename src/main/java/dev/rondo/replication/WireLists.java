package dev.rondo.replication;

import dev.rondo.bus.Listing;
import dev.rondo.bus.Scanning;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.RecordHead;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.proto.Answer;
import dev.rondo.proto.ListPage;
import dev.rondo.proto.Listed;
import dev.rondo.proto.Request;
import dev.rondo.proto.Row;

/** Pages of what a worker holds, in both directions. */
final class WireLists {

  private static final int LIMIT_MAX = 1000;

  /** Pages share the stream with requests that are in a hurry. */
  private static final long BYTES_MAX = 256 << 10;

  private WireLists() {}

  static Request.Builder list(Scanning.Scan scan) {
    return Request.newBuilder()
        .setList(
            ListPage.newBuilder()
                .setPrefix(Wire.bytes(scan.prefix()))
                .setFrom(Wire.bytes(scan.from()))
                .setEnd(Wire.bytes(scan.end()))
                .setLimit(scan.limit())
                .setWhole(scan.values()));
  }

  /** What a peer wants of this worker's storage. */
  static Listing.Page page(ListPage wire) {
    if (wire.getLimit() < 1 || wire.getLimit() > LIMIT_MAX) {
      throw new IllegalArgumentException("a page of " + wire.getLimit() + " keys");
    }
    return new Listing.Page(
        Wire.bytes(wire.getPrefix()),
        Wire.bytes(wire.getFrom()),
        Wire.bytes(wire.getEnd()),
        wire.getLimit(),
        wire.getWhole() ? BYTES_MAX : Listing.Page.BYTES_MAX,
        Listing.Scope.RECORDS,
        wire.getWhole());
  }

  static Answer listed(long id, Listing.Listed page, boolean counts) {
    Listed.Builder wire = Listed.newBuilder().setIgnorant(!counts || !page.whole());
    for (Listing.Item item : page.items()) {
      wire.addRows(row(item));
    }
    Bytes next = page.next();
    if (next != null) {
      wire.setNext(Wire.bytes(next));
    }
    return Answer.newBuilder().setId(id).setListed(wire).build();
  }

  private static Row row(Listing.Item item) {
    RecordHead head = item.head();
    Row.Builder row =
        Row.newBuilder()
            .setKey(Wire.bytes(item.key().bytes()))
            .setVersion(Wire.version(head.version()))
            .setTombstone(head.tombstone())
            .setContentType(head.contentType())
            .setSize(head.size());
    StoredRecord record = item.record();
    return record == null ? row.build() : row.setRecord(Wire.bytes(record.encoded())).build();
  }

  static Scanning.Rows rows(Answer answer) {
    WireAnswers.expect(answer, Answer.BodyCase.LISTED);
    Listed wire = answer.getListed();
    Bytes next = Wire.bytes(wire.getNext());
    return new Scanning.Rows(
        wire.getRowsList().stream().map(WireLists::row).toList(),
        next.length() == 0 ? null : next,
        !wire.getIgnorant());
  }

  private static Scanning.Row row(Row wire) {
    Key key = Wire.key(wire.getKey());
    return new Scanning.Row(
        key,
        new RecordHead(
            Wire.version(wire.getVersion()),
            wire.getTombstone(),
            wire.getContentType(),
            wire.getSize()),
        wire.getRecord().isEmpty() ? null : Wire.record(key, wire.getRecord()));
  }
}
