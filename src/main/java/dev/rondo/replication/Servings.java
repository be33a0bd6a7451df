package dev.rondo.replication;

import dev.rondo.bus.Holding;
import dev.rondo.proto.Answer;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The records that one caller asks for, read as fast as they leave: each one stays in memory until
 * the caller takes it. How large they are is known only once they were read, so it is guessed by
 * the last ones; small ones never wait. Where the guess was wrong and too much has piled up, the
 * caller is told that this worker is overloaded, and asks another one.
 */
final class Servings {

  /** What is being read for a caller, or was and waits for it, as far as it is known. */
  static final long BYTES_MAX = 16L << 20;

  /** Records are kept for a caller up to here. */
  static final long READY_BYTES_MAX = 2 * BYTES_MAX;

  /** Before anything was read: a few large ones are let in then, until the guess is better. */
  private static final long FIRST_GUESS = 1 << 20;

  private final Tray tray;
  private final Function<Holding.Lookup, Future<Holding.Held>> storage;
  private final long patienceMillis;
  private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
  private long guess = FIRST_GUESS;
  private long beingRead;
  private boolean untried = true;

  /**
   * Nothing is asked yet.
   *
   * @param patienceMillis what waits longer for its turn is told that this worker is overloaded
   */
  Servings(Tray tray, Function<Holding.Lookup, Future<Holding.Held>> storage, long patienceMillis) {
    this.tray = tray;
    this.storage = storage;
    this.patienceMillis = patienceMillis;
  }

  /** Where answers wait until the caller takes them. */
  interface Tray {

    void add(Answer answer);

    /** What waits there takes up so much. */
    long readyBytes();

    /** Whether nobody takes anything any more. */
    boolean isOver();
  }

  /** One look-up, and which request it answers. */
  record Wish(long id, Holding.Item item) {

    boolean isLarge() {
      return item.want() == Holding.Want.RECORD;
    }
  }

  /** Something that is done when there is room for one more record, unless that takes too long. */
  private record Turn(Runnable action, Answer refusal, long sinceMillis) {}

  /** Looks all of these up, together where they fit. */
  void lookUp(List<Wish> wishes) {
    int records = 0;
    for (Wish wish : wishes) {
      records += wish.isLarge() ? 1 : 0;
    }
    boolean fits = waiting.isEmpty() && held() + records * guess <= BYTES_MAX;
    // The storage itself says when it is too much, so that it may be asked without a guess.
    if (fits || untried || records == 0) {
      ask(wishes, records);
      return;
    }
    List<Wish> small = new ArrayList<>();
    for (Wish wish : wishes) {
      if (wish.isLarge()) {
        queue(() -> ask(List.of(wish), 1), refusal(wish));
      } else {
        small.add(wish);
      }
    }
    if (!small.isEmpty()) {
      ask(small, 0);
    }
    goOn();
  }

  private static Answer refusal(Wish wish) {
    return WireAnswers.held(wish.id(), Holding.Answer.Overloaded.OVERLOADED);
  }

  /** Answers a request with what somebody else reads, or with the refusal. */
  void read(long id, Supplier<Future<Answer>> question, Answer refusal) {
    queue(
        () -> {
          long reserved = guess;
          beingRead += reserved;
          question
              .get()
              .onComplete(
                  answer -> {
                    beingRead -= reserved;
                    learn(answer.getSerializedSize());
                    tray.add(isFull() ? refusal : answer);
                  },
                  failure -> {
                    beingRead -= reserved;
                    tray.add(WireAnswers.fault(id, Attendant.reason(failure)));
                  })
              .onComplete(done -> goOn());
        },
        refusal);
    goOn();
  }

  private void queue(Runnable action, Answer refusal) {
    waiting.add(new Turn(action, refusal, Transport.millis()));
  }

  /** Some answers have left, or the caller has. */
  void goOn() {
    if (tray.isOver()) {
      waiting.clear();
    }
    // One that takes more than there may be is read alone.
    while (!waiting.isEmpty() && (held() == 0 || held() + guess <= BYTES_MAX)) {
      Turn next = waiting.remove();
      if (Transport.millis() - next.sinceMillis() > patienceMillis) {
        tray.add(next.refusal());
      } else {
        next.action().run();
      }
    }
  }

  private long held() {
    return beingRead + tray.readyBytes();
  }

  private boolean isFull() {
    return tray.readyBytes() > READY_BYTES_MAX;
  }

  private void ask(List<Wish> wishes, int records) {
    long reserved = records * guess;
    beingRead += reserved;
    storage
        .apply(new Holding.Lookup(wishes.stream().map(Wish::item).toList()))
        .onComplete(
            held -> {
              beingRead -= reserved;
              answer(wishes, held.answers());
            },
            failure -> {
              beingRead -= reserved;
              for (Wish wish : wishes) {
                tray.add(WireAnswers.fault(wish.id(), Attendant.reason(failure)));
              }
            })
        .onComplete(done -> goOn());
  }

  private void answer(List<Wish> wishes, List<Holding.Answer> answers) {
    boolean anyRead = false;
    for (int i = 0; i < wishes.size(); i++) {
      Wish wish = wishes.get(i);
      Holding.Answer answer = answers.get(i);
      if (answer instanceof Holding.Answer.Whole whole) {
        anyRead = true;
        learn(whole.record().encoded().length());
        tray.add(isFull() ? refusal(wish) : WireAnswers.held(wish.id(), answer));
      } else if (anyRead && answer instanceof Holding.Answer.Overloaded) {
        // It was too much at once, because the guess was too low.
        queue(() -> ask(List.of(wish), 1), refusal(wish));
      } else {
        tray.add(WireAnswers.held(wish.id(), answer));
      }
    }
  }

  /** Up at once and down slowly: too many are worse than too few. */
  private void learn(long size) {
    untried = false;
    guess = Math.max(Math.max(1, size), (7 * guess + size) / 8);
  }
}
