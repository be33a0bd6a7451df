package dev.rondo.heartbeat;

import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.proto.FromWorker;
import dev.rondo.proto.LateAcknowledgements;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/**
 * Acknowledgements that came behind the answers of writes which clients follow, on their way to the
 * controller: a batch a few times a second. They are for people who look on, so what does not fit
 * into a batch is dropped.
 */
final class LateNews {

  static final int BATCH_MAX = 64;

  private static final long PAUSE_MILLIS = 50;

  private final Vertx vertx;
  private final Consumer<FromWorker> send;
  private LateAcknowledgements.Builder batch = LateAcknowledgements.newBuilder();

  LateNews(Vertx vertx, Consumer<FromWorker> send) {
    this.vertx = vertx;
    this.send = send;
  }

  void add(LateAcknowledgement news) {
    if (batch.getLateCount() == 0) {
      vertx.setTimer(PAUSE_MILLIS, timer -> flush());
    }
    if (batch.getLateCount() < BATCH_MAX) {
      batch.addLate(wire(news));
    }
  }

  /** Tells what is there. */
  void flush() {
    if (batch.getLateCount() == 0) {
      return;
    }
    LateAcknowledgements full = batch.build();
    batch = LateAcknowledgements.newBuilder();
    send.accept(FromWorker.newBuilder().setLate(full).build());
  }

  private static dev.rondo.proto.LateAcknowledgement wire(LateAcknowledgement news) {
    return dev.rondo.proto.LateAcknowledgement.newBuilder()
        .setVersion(news.version().toString())
        .setHolder(news.acknowledgement().holder())
        .setOwner(news.acknowledgement().owner())
        .setMicros(news.acknowledgement().micros())
        .build();
  }
}
