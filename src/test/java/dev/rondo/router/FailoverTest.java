package dev.rondo.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.PeerFault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers are words: "no" makes another worker be asked, "perhaps" stands unless it is alone. */
class FailoverTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<Integer> asked = new ArrayList<>();
  private final Map<Integer, Promise<String>> answers = new HashMap<>();
  private final Failover<String> failover =
      new Failover<>(
          new Pacer(vertx, 60_000),
          new RouterMeters(new SimpleMeterRegistry()),
          List.of(4, 5, 6),
          new Words());

  private final class Words implements Failover.Question<String> {
    @Override
    public Future<String> ask(int worker, long millisLeft) {
      asked.add(worker);
      return answers.computeIfAbsent(worker, id -> Promise.promise()).future();
    }

    @Override
    public Failover.Worth worth(String answer) {
      return switch (answer) {
        case "no" -> Failover.Worth.ASK_ANOTHER;
        case "perhaps" -> Failover.Worth.UNLESS_BETTER;
        default -> Failover.Worth.FINAL;
      };
    }

    @Override
    public String better(String before, String now) {
      return before.equals("perhaps") ? before : now;
    }
  }

  @AfterEach
  void stop() {
    StubCluster.now(vertx.close());
  }

  @Test
  void the_first_final_answer_wins_and_later_ones_change_nothing() {
    Future<String> result = failover.run(60_000);
    failover.hedge(true);

    answers.get(5).complete("yes");
    answers.get(4).complete("late");

    assertThat(result.result()).isEqualTo("yes");
    assertThat(asked).containsExactly(4, 5);
  }

  @Test
  void a_failure_or_a_refusal_makes_the_next_worker_be_asked_at_once() {
    Future<String> result = failover.run(60_000);

    answers.get(4).fail(fault(PeerFault.Kind.NOT_SENT));
    answers.get(5).complete("no");
    answers.get(6).complete("yes");

    assertThat(result.result()).isEqualTo("yes");
  }

  @Test
  void each_silence_brings_in_one_more_worker_until_all_were_asked() {
    Future<String> result = failover.run(60_000);

    assertThat(failover.hedge(true)).isTrue();
    assertThat(failover.hedge(true)).isTrue();
    assertThat(failover.hedge(true)).isFalse();

    assertThat(asked).containsExactly(4, 5, 6);
    assertThat(result.isComplete()).isFalse();
  }

  @Test
  void when_all_refuse_the_refusal_is_the_answer() {
    Future<String> result = failover.run(60_000);

    answers.get(4).complete("no");
    answers.get(5).fail(fault(PeerFault.Kind.NOT_SENT));
    answers.get(6).complete("no");

    assertThat(result.result()).isEqualTo("no");
  }

  @Test
  void a_worker_that_may_have_acted_outweighs_refusals() {
    Future<String> result = failover.run(60_000);

    answers.get(4).fail(fault(PeerFault.Kind.UNANSWERED));
    answers.get(5).complete("no");
    answers.get(6).fail(fault(PeerFault.Kind.NOT_SENT));

    assertThat(Failover.mayHaveActed(result.cause())).isTrue();
  }

  @Test
  void a_doubtful_answer_stands_when_nobody_else_was_asked() {
    Future<String> result = failover.run(60_000);

    answers.get(4).complete("perhaps");

    assertThat(result.result()).isEqualTo("perhaps");
    assertThat(asked).containsExactly(4);
  }

  @Test
  void a_doubtful_answer_waits_for_the_others_that_were_asked() {
    Future<String> result = failover.run(60_000);
    failover.hedge(true);

    answers.get(5).complete("perhaps");
    assertThat(result.isComplete()).isFalse();
    answers.get(4).fail(fault(PeerFault.Kind.NOT_SENT));
    answers.get(6).complete("no");

    assertThat(result.result()).isEqualTo("perhaps");
  }

  @Test
  void without_workers_nothing_was_sent() {
    Future<String> result =
        new Failover<>(
                new Pacer(vertx, 60_000),
                new RouterMeters(new SimpleMeterRegistry()),
                List.of(),
                new Words())
            .run(60_000);

    assertThat(Failover.mayHaveActed(result.cause())).isFalse();
  }

  @Test
  void silence_ends_at_the_deadline_with_an_open_outcome() {
    Future<String> result = failover.run(20);

    await().until(result::isComplete);
    assertThat(Failover.mayHaveActed(result.cause())).isTrue();
  }

  private static PeerFault fault(PeerFault.Kind kind) {
    return new PeerFault(4, kind, "as the test wants");
  }
}
