package dev.rondo.replication;

import com.google.protobuf.ByteString;
import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Ranging;
import dev.rondo.core.record.Bytes;
import dev.rondo.proto.HelloAnswer;
import dev.rondo.proto.PullBatch;
import dev.rondo.proto.PullRequest;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a worker that lost its data all that it owns and this one holds, page by page. */
final class PullService {

  private static final Logger log = LoggerFactory.getLogger(PullService.class);

  private static final int PAGE_BYTES = 512 << 10;

  private final Bus bus;
  private final long timeoutMillis;
  private final Admission admission;
  private final LongSupplier epoch;
  private final BooleanSupplier complete;

  /**
   * Serves pulls.
   *
   * @param epoch of the state by which this worker goes
   * @param complete whether this worker holds all that it ever acknowledged
   */
  PullService(NodeSetup setup, Admission admission, LongSupplier epoch, BooleanSupplier complete) {
    this.bus = setup.bus();
    this.timeoutMillis = setup.config().timeouts().storeMillis();
    this.admission = admission;
    this.epoch = epoch;
    this.complete = complete;
  }

  void serve(GrpcServerRequest<PullRequest, PullBatch> call) {
    Caller.hear(call, PullRequest.parser(), (request, caller) -> new Pull(caller).begin(request));
  }

  /** One worker's pull. The next page is read when the one before has left. */
  private final class Pull {
    private final Caller<PullBatch> caller;
    private int worker;
    private boolean whole = true;

    Pull(Caller<PullBatch> caller) {
      this.caller = caller;
    }

    void begin(PullRequest request) {
      worker = request.getWorker();
      Optional<HelloAnswer> refusal = admission.refusal(request);
      if (refusal.isPresent()) {
        caller.end(GrpcStatus.FAILED_PRECONDITION, refusal.get().getDetail());
        return;
      }
      if (request.getEpoch() > epoch.getAsLong()) {
        // By its own state it would leave out what that worker owns by the newer one.
        String why = "this worker goes by epoch %d, not %d yet";
        caller.end(GrpcStatus.UNAVAILABLE, why.formatted(epoch.getAsLong(), request.getEpoch()));
        return;
      }
      log.info("Sending Worker {} what it owns and lost", worker);
      next(Wire.bytes(request.getCursor()));
    }

    private void next(Bytes cursor) {
      if (!caller.isOver()) {
        bus.ask(Addresses.RANGE, new Ranging.Range(worker, cursor, PAGE_BYTES), timeoutMillis)
            .onComplete(this::send, this::fail);
      }
    }

    private void send(Ranging.Ranged page) {
      if (caller.isOver()) {
        return;
      }
      PullBatch.Builder batch = PullBatch.newBuilder();
      for (Ranging.Item item : page.items()) {
        batch.addRecords(WireRequests.put(item.key(), item.record()));
      }
      whole &= page.whole();
      Bytes next = page.next();
      if (next == null) {
        caller.write(batch.setComplete(whole && complete.getAsBoolean()).build());
        caller.end(null);
        return;
      }
      ByteString cursor = Wire.bytes(next);
      caller.write(batch.setCursor(cursor).build()).onSuccess(written -> next(next));
    }

    private void fail(Throwable failure) {
      log.warn(
          "Worker {} cannot be sent what it lost, it will ask again reason={}",
          worker,
          failure.getMessage());
      caller.end(GrpcStatus.UNAVAILABLE, "the storage does not answer");
    }
  }
}
