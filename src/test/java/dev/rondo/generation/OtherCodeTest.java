package dev.rondo.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.BusProtocol;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Outcome;
import dev.rondo.bus.Redeploying.Reason;
import dev.rondo.bus.Redeploying.Status;
import dev.rondo.bus.Redeploying.Verticle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code from another jar: taken where it fits, refused with the reason where it does not. */
class OtherCodeTest {

  @TempDir Path folder;
  private Path jars;
  private Household household;

  @BeforeEach
  void open() throws IOException {
    jars = Files.createDirectory(folder.resolve("jars"));
    household = new Household(jars);
  }

  @AfterEach
  void close() {
    household.close();
  }

  @Test
  void code_from_a_jar_answers_and_goes_on_with_the_state() throws IOException {
    assertThat(Household.get(household.ask())).isEqualTo("first:1");
    Jars.make(jars.resolve("second.jar"), saying("second"));
    Verticle echo = household.redeploy("second.jar");
    assertThat(echo.last().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(echo.code().jar()).isEqualTo("second.jar");
    assertThat(echo.code().version()).startsWith("2.0+");
    assertThat(Household.get(household.ask())).isEqualTo("second:2");
    household.after(household.wish(Action.ROLLBACK, null, ""));
    assertThat(Household.get(household.ask())).isEqualTo("first:3");
  }

  @Test
  void the_jar_may_be_replaced_or_removed_once_it_is_in_force() throws IOException {
    Path jar = Jars.make(jars.resolve("next.jar"), saying("second"));
    household.redeploy("next.jar");
    Jars.make(jar, saying("third"));
    household.redeploy(null);
    assertThat(Household.get(household.ask())).startsWith("second:");
    household.redeploy("next.jar");
    Files.delete(jar);
    household.redeploy(null);
    assertThat(Household.get(household.ask())).startsWith("third:");
  }

  @Test
  void code_that_throws_in_start_is_dropped() throws IOException {
    stays(
        "bus.serve(ECHO, this::answer);",
        "if (true) throw new IllegalStateException(\"no\");",
        "no");
  }

  @Test
  void code_that_is_never_ready_is_dropped() throws IOException {
    stays(
        "return Future.succeededFuture();\n  }\n\n  private",
        "return Future.future(never -> {});\n  }\n\n  private",
        "not ready within 1 s");
  }

  @Test
  void code_that_is_never_ready_and_never_ends_keeps_nobody_waiting() throws IOException {
    Jars.make(
        jars.resolve("bad.jar"),
        source ->
            source.replace(
                "return Future.succeededFuture();\n  }\n\n  private",
                """
                return Future.future(never -> {});
                  }

                  @Override
                  public Future<?> stop() {
                    return Future.future(never -> {});
                  }

                  private"""));
    household.wish(Action.REDEPLOY, "bad.jar", "");
    await().until(() -> household.wish(Action.REDEPLOY, null, "") instanceof Outcome.Accepted);
  }

  @Test
  void code_that_does_not_take_over_is_dropped() throws IOException {
    stays("acting = true;", "if (true) throw new LinkageError(\"unfit\");", "unfit");
  }

  @Test
  void code_that_cannot_be_made_is_dropped() throws IOException {
    stays("this.bus = bus;", "this.bus = bus; if (true) throw new Error(\"odd\");", "odd");
  }

  @Test
  void code_that_does_not_answer_what_the_former_did_is_dropped() throws IOException {
    stays("bus.serve(ECHO, this::answer);", "", "test.echo");
  }

  /** The generation that is in force does not notice. */
  private void stays(String part, String instead, String reason) throws IOException {
    Jars.make(jars.resolve("bad.jar"), source -> source.replace(part, instead));
    assertThat(Household.get(household.ask())).isEqualTo("first:1");
    Verticle echo = household.redeploy("bad.jar");
    assertThat(echo.last().status()).isEqualTo(Status.FAILED);
    assertThat(echo.last().reason()).contains(reason);
    assertThat(echo.generation()).isEqualTo(1);
    assertThat(Household.get(household.ask())).isEqualTo("first:2");
    Verticle better = household.redeploy(null);
    assertThat(better.last().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(Household.get(household.ask())).isEqualTo("first:3");
  }

  @Test
  void a_jar_of_another_bus_protocol_is_refused_and_the_way_is_named() throws IOException {
    Jars.make(jars.resolve("later.jar"), BusProtocol.VERSION + 1, UnaryOperator.identity());
    assertThat(refusal("later.jar"))
        .contains("rolling restart")
        .contains("version " + BusProtocol.VERSION);
  }

  @Test
  void what_is_no_jar_or_no_jar_of_rondo_is_refused() throws IOException {
    Files.writeString(jars.resolve("text.jar"), "this is text");
    assertThat(refusal("text.jar")).contains("no jar that can be read");
    Files.writeString(jars.resolve("text.txt"), "this is text");
    assertThat(refusal("text.txt")).contains("ends with .jar");
    Files.createDirectory(jars.resolve("folder.jar"));
    assertThat(refusal("folder.jar")).contains("not a file");
    assertThat(refusal("absent.jar")).contains("There is no 'absent.jar'");
    assertThat(refusal("nul\0.jar")).contains("There is no");
  }

  @Test
  void a_jar_outside_of_the_folder_is_refused_on_every_way_there() throws IOException {
    Path outside = Jars.make(folder.resolve("outside.jar"), saying("second"));
    Files.createSymbolicLink(jars.resolve("link.jar"), outside);
    Files.createSymbolicLink(jars.resolve("up"), folder);
    for (String way :
        List.of("../outside.jar", outside.toString(), "link.jar", "up/outside.jar", "./../x.jar")) {
      assertThat(refusal(way)).contains("redeploy.jarDirectory");
    }
  }

  private String refusal(String jar) {
    Outcome.Refused refused = (Outcome.Refused) household.wish(Action.REDEPLOY, jar, "");
    assertThat(refused.reason()).isEqualTo(Reason.UNUSABLE_JAR);
    assertThat(household.echo().generation()).isEqualTo(1);
    return refused.detail();
  }

  @Test
  void code_that_is_not_in_use_any_more_is_collected() throws IOException {
    Jars.make(
        jars.resolve("next.jar"),
        source ->
            source.replace(
                "private final Bus bus;",
                "static { dev.rondo.generation.Loaded.add(EchoVerticle.class); }\n"
                    + "private final Bus bus;"));
    for (int i = 0; i < 20; i++) {
      household.redeploy("next.jar");
      Household.get(household.ask());
    }
    assertThat(Loaded.ever()).isEqualTo(20);
    // One is in force, and one is what a rollback would bring back.
    await().atMost(Duration.ofSeconds(20)).until(() -> Loaded.present() <= 2);
  }

  private static UnaryOperator<String> saying(String word) {
    return source -> source.replace("\"first:\"", "\"" + word + ":\"");
  }
}
