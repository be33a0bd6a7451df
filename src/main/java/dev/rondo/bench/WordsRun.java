package dev.rondo.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Writes every word through a random target, and reads every word back from every target. The
 * methods block; the requests run on an event loop.
 */
final class WordsRun {

  /** Faults shown in full; more of them say nothing more. */
  private static final int SHOWN = 10;

  /**
   * What came of it.
   *
   * @param faults sentences about what was different, at most a handful
   */
  record Summary(
      int words,
      int writesFailed,
      long reads,
      long differences,
      int misplaced,
      List<String> faults) {

    Summary {
      faults = List.copyOf(faults.subList(0, Math.min(SHOWN, faults.size())));
    }

    boolean isClean() {
      return writesFailed == 0 && differences == 0 && misplaced <= 0;
    }

    String toText() {
      String placement = misplaced < 0 ? "" : ", %d misplaced".formatted(misplaced);
      String counts =
          "%d words: %d writes failed, %d reads, %d differences%s"
              .formatted(words, writesFailed, reads, differences, placement);
      return String.join(System.lineSeparator(), prepend(counts));
    }

    JsonObject toJson() {
      JsonObject json =
          new JsonObject()
              .put("words", words)
              .put("writesFailed", writesFailed)
              .put("reads", reads)
              .put("differences", differences);
      if (misplaced >= 0) {
        json.put("misplaced", misplaced);
      }
      return json.put("faults", new JsonArray(faults));
    }

    private List<String> prepend(String line) {
      return Stream.concat(Stream.of(line), faults.stream()).toList();
    }
  }

  private record Read(Target target, String word) {}

  private final Vertx vertx;
  private final Plan plan;
  private final List<Target> targets;
  private final Words words;
  private final PrintWriter progress;
  private final Caller caller;
  private final Set<String> failed = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private long differences;

  WordsRun(Vertx vertx, Plan plan, List<Target> targets, Words words, PrintWriter progress) {
    this.vertx = vertx;
    this.plan = plan;
    this.targets = targets;
    this.words = words;
    this.progress = progress;
    this.caller = new Caller(vertx, plan.clients(), plan.timeout());
  }

  Summary run(WordsOptions options) throws InterruptedException {
    say("writing %d words through %d targets".formatted(words.list().size(), targets.size()));
    Crowd.work(vertx, plan.clients(), words.list().iterator(), this::write).await();
    List<String> written = words.list().stream().filter(word -> !failed.contains(word)).toList();
    long reads = (long) written.size() * targets.size();
    say("reading %d times".formatted(reads));
    Iterator<Read> all =
        targets.stream().flatMap(t -> written.stream().map(word -> new Read(t, word))).iterator();
    Crowd.work(vertx, plan.clients(), all, this::read).await();
    int misplaced = options.checksPlacement() ? misplaced(options, written) : -1;
    return new Summary(words.list().size(), failed.size(), reads, differences, misplaced, faults);
  }

  private Future<?> write(String word) {
    Target target = targets.get(ThreadLocalRandom.current().nextInt(targets.size()));
    String uri = query(Words.path(word), "w", plan.workload().w());
    return caller
        .call(target, HttpMethod.PUT, uri, words.valueOf(word))
        .onSuccess(
            answer -> {
              if (!answer.isOk()) {
                failed.add(word);
                fault("writing", word, target, answer.label());
              }
            });
  }

  private Future<?> read(Read read) {
    String uri = query(Words.path(read.word()), "r", plan.workload().r());
    return caller
        .fetch(read.target(), HttpMethod.GET, uri, null)
        .onSuccess(
            reply -> {
              boolean ok = reply.answer().isOk();
              if (!ok || !reply.body().equals(words.valueOf(read.word()))) {
                differences++;
                String what = ok ? "another value" : reply.answer().label();
                fault("reading", read.word(), read.target(), what);
              }
            });
  }

  /** Asks again until all is in place or patience is at an end. */
  private int misplaced(WordsOptions options, List<String> written) throws InterruptedException {
    Placement placement =
        new Placement(caller, targets, options.replicationFactor(), options.vnodes());
    Duration settle = options.settle();
    long end = System.nanoTime() + settle.toNanos();
    say("checking where the words are");
    while (true) {
      List<String> misplaced = onContext(() -> placement.faults(written)).await();
      if (misplaced.isEmpty() || System.nanoTime() >= end) {
        faults.addAll(misplaced);
        return misplaced.size();
      }
      vertx.timer(500).await();
    }
  }

  /** An answer to a question that another thread asks may be over before it is listened to. */
  private <T> Future<T> onContext(Supplier<Future<T>> question) {
    Promise<T> answer = Promise.promise();
    vertx.runOnContext(now -> question.get().onComplete(answer));
    return answer.future();
  }

  private void fault(String doing, String word, Target target, String what) {
    if (faults.size() < SHOWN) {
      faults.add("%s '%s' at %s: %s".formatted(doing, word, target.url(), what));
    }
  }

  private static String query(String path, String parameter, int value) {
    return value == 0 ? path : path + "?" + parameter + "=" + value;
  }

  private void say(String line) {
    progress.println(line);
    progress.flush();
  }
}
