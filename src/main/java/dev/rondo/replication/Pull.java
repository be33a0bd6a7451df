package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Notes;
import dev.rondo.bus.Storing;
import dev.rondo.core.member.Member;
import dev.rondo.core.record.Bytes;
import dev.rondo.proto.PeerGrpcClient;
import dev.rondo.proto.PullBatch;
import dev.rondo.proto.PullRequest;
import dev.rondo.proto.Put;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Fetches from one member what this worker owns, and stores it. One batch at a time is stored, the
 * next is already on its way. A pull that breaks goes on behind the last batch that was stored,
 * also after a restart.
 */
final class Pull {

  /** A sender that needs longer than this for a page, or to begin, is called again. */
  private static final long SILENCE_MILLIS = 10_000;

  private final NodeSetup setup;
  private final Bus bus;
  private final ClockWatch clock;
  private final Notes notes;
  private final int peer;
  private final BooleanSupplier wanted;
  private final Runnable progress;
  private Bytes cursor;
  private long records;

  /**
   * A pull that goes on at a mark.
   *
   * @param wanted a pull that is not any more ends, and leaves no mark
   * @param progress is run when more is stored
   */
  Pull(
      NodeSetup setup,
      ClockWatch clock,
      Notes notes,
      int peer,
      PullMark mark,
      BooleanSupplier wanted,
      Runnable progress) {
    this.setup = setup;
    this.bus = setup.bus();
    this.clock = clock;
    this.notes = notes;
    this.peer = peer;
    this.cursor = mark.cursor();
    this.wanted = wanted;
    this.progress = progress;
  }

  /** How many records were stored. */
  long records() {
    return records;
  }

  /** The next run fetches everything once more. */
  void rewind() {
    cursor = Bytes.EMPTY;
  }

  /**
   * Runs to the end of what the member holds.
   *
   * @param epoch of the state by which this worker knows what it owns
   * @return whether the member vouches for having all it ever acknowledged
   */
  Future<Boolean> run(BulkClient client, Member member, long epoch) {
    return client
        .open(member, PeerGrpcClient.Pull, SILENCE_MILLIS)
        .compose(request -> call(request, epoch));
  }

  private Future<Boolean> call(GrpcClientRequest<PullRequest, PullBatch> request, long epoch) {
    PullRequest question =
        PullRequest.newBuilder()
            .setCluster(setup.config().cluster())
            .setProtocol(Transport.PROTOCOL)
            .setWorker(setup.id())
            .setCursor(Wire.bytes(cursor))
            .setEpoch(epoch)
            .build();
    request.idleTimeout(SILENCE_MILLIS);
    return request
        .end(question)
        .compose(sent -> request.response())
        .compose(this::receive)
        .onFailure(failure -> request.cancel());
  }

  private Future<Boolean> receive(GrpcClientResponse<PullRequest, PullBatch> response) {
    Promise<Boolean> done = Promise.promise();
    response.exceptionHandler(done::tryFail);
    response.errorHandler(error -> done.tryFail(new IOException("the call failed: " + error)));
    response.endHandler(
        end -> done.tryFail(new IOException("it ended early: " + response.statusMessage())));
    response.handler(batch -> take(batch, response, done));
    return done.future();
  }

  private void take(
      PullBatch batch, GrpcClientResponse<PullRequest, PullBatch> response, Promise<Boolean> done) {
    boolean last = batch.getCursor().isEmpty();
    if (last) {
      // The end of the call comes right behind and must not be mistaken for a break.
      response.endHandler(null);
    } else {
      response.pause();
    }
    store(batch)
        .onComplete(
            stored -> {
              records += batch.getRecordsCount();
              cursor = Wire.bytes(batch.getCursor());
              progress.run();
              response.resume();
              if (last) {
                done.tryComplete(batch.getComplete());
              }
            },
            done::tryFail);
  }

  /** The mark only behind the records: the storage may refuse these and take that. */
  private Future<Void> store(PullBatch batch) {
    List<Storing.Entry> entries = new ArrayList<>(batch.getRecordsCount());
    try {
      for (Put put : batch.getRecordsList()) {
        Storing.Entry.Put copy = WireRequests.put(put);
        if (clock.admits(peer, copy.record().version())) {
          entries.add(copy);
        }
      }
    } catch (IllegalArgumentException | IOException unusable) {
      return Future.failedFuture(unusable);
    }
    return store(entries).compose(stored -> keep(mark(batch)));
  }

  private Future<Void> keep(PullMark mark) {
    return wanted.getAsBoolean()
        ? mark.keep(notes, peer)
        : Future.failedFuture(new IOException("it is not wanted any more"));
  }

  private Future<Void> store(List<Storing.Entry> entries) {
    long timeout = setup.config().timeouts().storeMillis();
    return entries.isEmpty()
        ? Future.succeededFuture()
        : bus.ask(Addresses.STORE, new Storing.Store(entries), timeout)
            .compose(stored -> stored.orFail("the own storage refuses"));
  }

  private static PullMark mark(PullBatch batch) {
    boolean end = batch.getCursor().isEmpty() && batch.getComplete();
    return end ? PullMark.END : PullMark.at(Wire.bytes(batch.getCursor()));
  }
}
