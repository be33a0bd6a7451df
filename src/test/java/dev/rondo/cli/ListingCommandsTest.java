package dev.rondo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Listing, exporting and importing, against a node that pages by threes and fails at times. */
class ListingCommandsTest {

  private static final int PAGE = 3;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> keys = new ConcurrentSkipListMap<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private volatile String broken = "";
  private volatile boolean failing;
  private String input = "";
  private int port;

  @BeforeEach
  void start() throws TimeoutException {
    port =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS)
            .actualPort();
    for (int i = 0; i < 10; i++) {
      keys.put("k" + i, "value " + i);
    }
  }

  @AfterEach
  void stop() throws TimeoutException {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void ls_shows_every_key_of_every_page() {
    assertThat(run("ls", "--prefix", "k", "--start", "k2", "--end", "k9")).isZero();
    assertThat(out.toString().lines()).containsExactly("k2", "k3", "k4", "k5", "k6", "k7", "k8");
  }

  @Test
  void ls_shows_values_when_asked_and_ends_at_its_limit() {
    assertThat(run("ls", "--values", "--limit", "4")).isZero();
    assertThat(out.toString().lines()).hasSize(4).last().isEqualTo("k3\tvalue 3");
  }

  @Test
  void ls_writes_json_one_object_a_line() {
    assertThat(run("ls", "-o", "json")).isZero();
    assertThat(out.toString().lines().map(line -> new JsonObject(line).getString("key")))
        .containsExactlyElementsOf(keys.keySet());
  }

  @Test
  void a_cluster_without_a_quorum_is_waited_for() {
    refusals.set(2);
    assertThat(run("ls")).isZero();
    assertThat(out.toString().lines()).hasSize(10);
  }

  @Test
  void what_was_exported_is_imported_as_it_was() throws IOException {
    Map<String, String> before = new TreeMap<>(keys);
    Path file = folder.resolve("all.ndjson");
    assertThat(run("export", file.toString())).isZero();
    assertThat(Files.exists(folder.resolve("all.ndjson.part"))).isFalse();
    keys.clear();
    refusals.set(3);
    assertThat(run("import", file.toString(), "--concurrency", "4", "-o", "json")).isZero();
    assertThat(keys).isEqualTo(before);
    assertThat(out.toString()).contains("\"keys\" : 10");
    assertThat(folder.resolve("all.ndjson.imported")).doesNotExist();
  }

  @Test
  void an_export_goes_on_behind_the_last_whole_line() throws IOException {
    Path file = folder.resolve("all.ndjson");
    run("export", file.toString());
    List<String> whole = Files.readAllLines(file);
    Files.delete(file);
    String torn = String.join("\n", whole.subList(0, 4)) + "\n" + whole.get(4).substring(0, 9);
    Files.writeString(folder.resolve("all.ndjson.part"), torn);
    assertThat(run("export", file.toString(), "--resume")).isZero();
    assertThat(Files.readAllLines(file)).isEqualTo(whole);
    assertThat(out.toString()).contains("exported 6 keys");
  }

  @Test
  void an_export_that_wrote_nothing_leaves_nothing() throws IOException {
    failing = true;
    Path file = folder.resolve("all.ndjson");
    assertThat(run("export", file.toString())).isEqualTo(3);
    assertThat(folder).isEmptyDirectory();
    String line = line("k0", "value 0") + "\n";
    Files.writeString(folder.resolve("all.ndjson.part"), line);
    assertThat(run("export", file.toString(), "--resume")).isEqualTo(3);
    assertThat(folder.resolve("all.ndjson.part")).hasContent(line);
  }

  @Test
  void an_export_of_something_else_is_not_gone_on_with() throws IOException {
    Files.writeString(folder.resolve("f.part"), "{\"key\":\"other\"}\n");
    String file = folder.resolve("f").toString();
    assertThat(run("export", file, "--resume", "--prefix", "k")).isEqualTo(2);
    Files.writeString(folder.resolve("f.part"), "text\n");
    assertThat(run("export", file, "--resume")).isEqualTo(2);
  }

  @Test
  void an_export_to_the_output_has_nothing_else_in_it() {
    assertThat(run("export")).isZero();
    assertThat(bytes.toString(UTF_8).lines()).hasSize(10);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("exported 10 keys");
  }

  @Test
  void an_import_that_failed_goes_on_where_it_stopped() throws IOException {
    Path file = folder.resolve("all.ndjson");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 1200; i++) {
      lines.add(line("n%04d".formatted(i), "v" + i));
    }
    Files.write(file, lines);
    keys.clear();
    broken = "n0600";
    assertThat(run("import", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("Because (broken)");
    broken = "";
    keys.clear();
    assertThat(run("import", file.toString(), "--resume")).isZero();
    assertThat(keys).hasSize(1200 - 512).doesNotContainKey("n0511").containsKey("n1199");
  }

  @Test
  void an_import_that_began_anew_forgets_where_an_earlier_one_stopped() throws IOException {
    Path file = folder.resolve("again.ndjson");
    Files.writeString(file, (line("a", "1") + "\n").repeat(600) + line("b", "2"));
    broken = "b";
    assertThat(run("import", file.toString())).isEqualTo(1);
    broken = "a";
    assertThat(run("import", file.toString())).isEqualTo(1);
    broken = "";
    keys.clear();
    assertThat(run("import", file.toString(), "--resume")).isZero();
    assertThat(keys).containsKeys("a", "b");
  }

  @Test
  void an_import_leaves_alone_what_exists_when_it_is_told_to() {
    input = line("k1", "newer") + "\n\n" + line("new", "v");
    assertThat(run("import", "--only-new")).isZero();
    assertThat(keys).containsEntry("k1", "value 1").containsEntry("new", "v");
    assertThat(out.toString()).contains("imported 1 keys", "1 existed and were left alone");
    assertThat(run("import", "--only-new", "-o", "json")).isZero();
    assertThat(out.toString()).contains("\"keys\" : 0", "\"skipped\" : 2", "\"bytes\" : 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "{}", "{\"key\":\"k\",\"value\":\"?\"}", "{\"key\":1}"})
  void a_line_that_is_none_ends_the_import(String line) {
    input = line("new", "v") + "\n" + line;
    assertThat(run("import")).isEqualTo(1);
    assertThat(err.toString()).contains("line 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export --resume",
        "import --resume",
        "import /nowhere/at/all",
        "import --concurrency 0",
        "ls --limit 0"
      })
  void what_makes_no_sense_is_one_line_and_two(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("rondo: ").hasLineCount(1);
  }

  private static String line(String key, String value) {
    return item(key, value, true).encode();
  }

  private static JsonObject item(String key, String value, boolean whole) {
    JsonObject item =
        new JsonObject()
            .put("key", key)
            .put("version", "1-0-0")
            .put("contentType", "text/plain")
            .put("size", value.length());
    return whole
        ? item.put("value", Base64.getEncoder().encodeToString(value.getBytes(UTF_8)))
        : item;
  }

  private int run(String... line) {
    List<String> arguments = new ArrayList<>(List.of(line));
    arguments.addAll(List.of("--url", "http://127.0.0.1:" + port));
    CommandLine commands =
        CommandLines.of(
            config -> 0,
            Map.of(),
            ClientCommands.all(new ByteArrayInputStream(input.getBytes(UTF_8)), bytes));
    commands.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commands.execute(arguments.toArray(String[]::new));
  }

  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              if (request.path().startsWith("/kv") && refusals.getAndDecrement() > 0) {
                refuse(request, 503);
              } else if (request.path().equals("/kv") && !failing) {
                request.response().end(page(request).encode());
              } else if (request.path().startsWith("/kv/")) {
                put(request, body.toString(UTF_8));
              } else {
                refuse(request, 404);
              }
            });
  }

  private static void refuse(HttpServerRequest request, int status) {
    request.response().setStatusCode(status).end("{\"detail\":\"Because\",\"code\":\"broken\"}");
  }

  private void put(HttpServerRequest request, String value) {
    String key = request.path().substring("/kv/".length());
    if (key.equals(broken)) {
      refuse(request, 422);
    } else if (request.headers().contains("If-None-Match") && keys.containsKey(key)) {
      refuse(request, 412);
    } else {
      keys.put(key, value);
      request.response().end("{}");
    }
  }

  private JsonObject page(HttpServerRequest request) {
    String prefix = request.getParam("prefix", "");
    String start = request.getParam("cursor", request.getParam("start", ""));
    String end = request.getParam("end", "");
    boolean values = Boolean.parseBoolean(request.getParam("values"));
    int limit = Math.min(PAGE, Integer.parseInt(request.getParam("limit")));
    JsonArray items = new JsonArray();
    for (Map.Entry<String, String> entry : keys.entrySet()) {
      String key = entry.getKey();
      if (key.startsWith(prefix)
          && key.compareTo(start) >= 0
          && (end.isEmpty() || key.compareTo(end) < 0)) {
        if (items.size() == limit) {
          return new JsonObject().put("items", items).put("next", key);
        }
        items.add(item(key, entry.getValue(), values));
      }
    }
    return new JsonObject().put("items", items).putNull("next");
  }
}
