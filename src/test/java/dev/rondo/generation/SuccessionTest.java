package dev.rondo.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Outcome;
import dev.rondo.bus.Redeploying.Reason;
import dev.rondo.bus.Redeploying.Status;
import dev.rondo.bus.Redeploying.Verticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generations follow each other while questions come in. */
class SuccessionTest {

  private static final int REDEPLOYS = 300;
  private static final int ASKERS = 32;

  @TempDir Path jars;
  private Household household;
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean enough;

  @BeforeEach
  void open() {
    household = new Household(jars);
  }

  @AfterEach
  void close() {
    household.close();
  }

  @Test
  void hundreds_of_redeploys_lose_no_question_and_no_state() {
    List<Future<Void>> askers = new ArrayList<>();
    for (int i = 0; i < ASKERS; i++) {
      askers.add(asker());
    }
    Verticle last = household.echo();
    for (int i = 0; i < REDEPLOYS; i++) {
      last = household.redeploy(null);
      assertThat(last.last().status()).isEqualTo(Status.SUCCEEDED);
    }
    enough = true;
    Household.get(Future.all(askers));
    assertThat(failures).isEmpty();
    assertThat(last.generation()).isEqualTo(REDEPLOYS + 1);
    assertThat(answers).doesNotHaveDuplicates().hasSizeGreaterThan(REDEPLOYS);
    assertThat(answers).contains("first:1", "first:" + answers.size());
  }

  /** Asks the next question when it has the answer to the one before, on a context of its own. */
  private Future<Void> asker() {
    Promise<Void> over = Promise.promise();
    Context context = household.vertx.getOrCreateContext();
    context.runOnContext(now -> next(over));
    return over.future();
  }

  private void next(Promise<Void> over) {
    household
        .ask()
        .onSuccess(answers::add)
        .onFailure(failures::add)
        .onComplete(
            done -> {
              if (enough) {
                over.tryComplete();
              } else {
                next(over);
              }
            });
  }

  @Test
  void a_rollback_brings_back_the_settings_from_before() {
    Verticle changed =
        household.after(
            household.wish(Action.REDEPLOY, null, "{\"timeouts\":{\"hedgeMillis\":500}}"));
    assertThat(changed.last().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(changed.rollback()).isNotNull();
    Verticle back = household.after(household.wish(Action.ROLLBACK, null, ""));
    assertThat(back.last().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(back.generation()).isEqualTo(3);
  }

  @Test
  void what_is_not_possible_is_refused_before_anything_happens() {
    assertThat(reason(Action.ROLLBACK, null, "")).isEqualTo(Reason.NOTHING_TO_GO_BACK_TO);
    assertThat(reason(Action.REDEPLOY, null, "{\"http\":{\"port\":1}}"))
        .isEqualTo(Reason.IMPOSSIBLE_CONFIG);
    assertThat(reason(Action.REDEPLOY, null, "{\"timeouts\":{\"hedgeMillis\":-1}}"))
        .isEqualTo(Reason.IMPOSSIBLE_CONFIG);
    assertThat(reason(Action.REDEPLOY, "none.jar", "")).isEqualTo(Reason.UNUSABLE_JAR);
    assertThat(household.echo().last()).isNull();
  }

  private Reason reason(Action action, String jar, String config) {
    return ((Outcome.Refused) household.wish(action, jar, config)).reason();
  }
}
