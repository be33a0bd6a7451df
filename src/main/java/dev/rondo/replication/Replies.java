package dev.rondo.replication;

import dev.rondo.proto.Answer;
import dev.rondo.proto.Answers;
import dev.rondo.proto.Requests;
import io.vertx.core.Context;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The answers to one caller. What is ready in one turn of the event loop leaves in one message.
 *
 * <p>A request is open from its arrival until its answer was written. Whoever reads requests stops
 * while too many are open, so that a caller which does not read its answers fills its own memory.
 */
final class Replies implements Servings.Tray {

  private static final int OPEN_MAX = 16_384;
  private static final long OPEN_BYTES_MAX = 64L << 20;

  private final GrpcServerResponse<Requests, Answers> response;
  private final Context context;
  private final Consumer<Answers.Builder> signature;
  private final Runnable relieved;
  private final ArrayDeque<Answer> ready = new ArrayDeque<>();
  private int open;
  private long openBytes;
  private long readyBytes;
  private boolean flushing;
  private boolean over;
  private boolean left;

  /**
   * Writes to {@code response}.
   *
   * @param signature adds what every message says
   * @param relieved called whenever answers were written
   */
  Replies(
      GrpcServerResponse<Requests, Answers> response,
      Context context,
      Consumer<Answers.Builder> signature,
      Runnable relieved) {
    this.response = response;
    this.context = context;
    this.signature = signature;
    this.relieved = relieved;
    response.setWriteQueueMaxSize(Transport.WRITE_QUEUE_BYTES);
    response.drainHandler(drained -> flush());
  }

  /** So many requests came, this large together. */
  void expect(int requests, int bytes) {
    open += requests;
    openBytes += bytes;
  }

  /** How many requests are open; those of a caller that has gone are not. */
  int open() {
    return over ? 0 : open;
  }

  /** The caller is another one's now, who also hears of room to write; what is open is answered. */
  void leave() {
    left = true;
    flush();
  }

  /** Whether no more requests should be read for now. */
  boolean isOverwhelmed() {
    return open > OPEN_MAX || openBytes > OPEN_BYTES_MAX || readyBytes > Servings.BYTES_MAX;
  }

  /** Whether requests may be read again. */
  boolean isRelaxed() {
    return open <= OPEN_MAX / 2
        && openBytes <= OPEN_BYTES_MAX / 2
        && readyBytes <= Servings.BYTES_MAX / 2;
  }

  @Override
  public long readyBytes() {
    return readyBytes;
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void add(Answer answer) {
    ready.add(answer);
    readyBytes += answer.getSerializedSize();
    if (!flushing) {
      flushing = true;
      context.runOnContext(turn -> flush());
    }
  }

  private void flush() {
    flushing = false;
    while (!over && !ready.isEmpty() && (left || !response.writeQueueFull())) {
      write(nextMessage());
    }
    relieved.run();
  }

  private Answers nextMessage() {
    Answers.Builder message = Answers.newBuilder();
    signature.accept(message);
    int bytes = 0;
    while (bytes < Transport.BATCH_BYTES) {
      Answer next = ready.poll();
      if (next == null) {
        break;
      }
      bytes += next.getSerializedSize();
      readyBytes -= next.getSerializedSize();
      message.addAnswers(next);
      // Nobody keeps the size of each request; on average this is right, and in the end exact.
      openBytes -= openBytes / open;
      open--;
    }
    return message.build();
  }

  /** Writes a message now. */
  void write(Answers message) {
    try {
      response.write(message);
    } catch (IllegalStateException failed) {
      // The caller has gone; its stream tells so as well.
      over = true;
    }
  }

  /** Drops what is still to come. */
  void end() {
    over = true;
    ready.clear();
    readyBytes = 0;
  }
}
