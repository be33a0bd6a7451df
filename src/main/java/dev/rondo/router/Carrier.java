package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Storing;
import dev.rondo.config.Timeouts;
import dev.rondo.core.quorum.Copy;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import io.vertx.core.Future;
import java.util.List;

/** Takes copies to where they are kept: to this worker's own disk or to a peer. */
final class Carrier {

  private final Bus bus;
  private final int self;
  private final Timeouts timeouts;

  Carrier(Bus bus, int self, Timeouts timeouts) {
    this.bus = bus;
    this.self = self;
    this.timeouts = timeouts;
  }

  /** Takes a copy of a write; completes in any case within the time that a replica may take. */
  Future<Storing.Result> carry(Copy copy, Key key, StoredRecord record) {
    return carry(copy, key, record, true);
  }

  /** Takes a record that is stored elsewhere to an owner that lacks it. */
  Future<Storing.Result> mend(int owner, Key key, StoredRecord record) {
    return carry(new Copy(owner, owner), key, record, false);
  }

  private Future<Storing.Result> carry(Copy copy, Key key, StoredRecord record, boolean fresh) {
    Storing.Entry entry =
        copy.isHint()
            ? new Storing.Entry.Hint(copy.owner(), key, record)
            : new Storing.Entry.Put(key, record);
    return copy.holder() == self
        ? bus.ask(Addresses.STORE, new Storing.Store(List.of(entry)), timeouts.storeMillis())
            .map(stored -> stored.results().get(0))
        : bus.ask(
            Addresses.SEND,
            new Peering.Send(copy.holder(), entry, fresh),
            timeouts.replicaMillis());
  }
}
