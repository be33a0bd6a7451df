package dev.rondo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.core.member.Member;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static final Map<String, String> NONE = Map.of();
  private static Vertx vertx;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void flags_win_over_variables_over_the_file_over_defaults() {
    String file = "{\"http\":{\"port\":1111,\"idleSeconds\":11},\"ring\":{\"vnodes\":11}}";
    Map<String, String> variables =
        Map.of("RONDO_HTTP_PORT", "2222", "RONDO_HTTP_IDLE_SECONDS", "22", "PATH", "/bin");
    NodeConfig config = load(file, variables, Map.of("http.port", "3333"));
    assertThat(config.http().port()).isEqualTo(3333);
    assertThat(config.http().idleSeconds()).isEqualTo(22);
    assertThat(config.ring().vnodes()).isEqualTo(11);
    assertThat(config.hints().windowSeconds()).isEqualTo(10_800);
  }

  @Test
  void without_a_word_it_is_the_controller_of_four_workers() {
    NodeConfig config = load("{}", NONE, NONE);
    assertThat(config.role()).isEqualTo(Role.CONTROLLER);
    assertThat(config.supervisor().workers()).isEqualTo(4);
    assertThat(config.http().port()).isEqualTo(5000);
    assertThat(config.grpc().port()).isEqualTo(6000);
    assertThat(config.membership().port()).isEqualTo(5700);
    assertThat(config.membership().seeds())
        .containsExactly(
            "127.0.0.1:5700",
            "127.0.0.1:5701",
            "127.0.0.1:5702",
            "127.0.0.1:5703",
            "127.0.0.1:5704");
    assertThat(config.ring())
        .isEqualTo(new RingConfig(10, 3, 2, 2, MemberList.derived(4, "127.0.0.1")));
    assertThat(config.ring().members()).contains(new Member(3, "127.0.0.1", 5004, 6004));
    assertThat(config.http().corsOrigin()).isEqualTo("http://127.0.0.1:5000");
  }

  @Test
  void a_worker_listens_right_behind_the_controller() {
    NodeConfig config = load("{}", NONE, Map.of("role", "worker", "id", "2"));
    assertThat(config.http().port()).isEqualTo(5003);
    assertThat(config.grpc().port()).isEqualTo(6003);
    assertThat(config.membership().port()).isEqualTo(5703);
    assertThat(config.title()).isEqualTo("WORKER 2");
  }

  @Test
  void the_shipped_file_is_a_controller_with_four_workers() throws IOException {
    NodeConfig config = load(Files.readString(Path.of("conf/node.json")), NONE, NONE);
    assertThat(config.role()).isEqualTo(Role.CONTROLLER);
    assertThat(config.supervisor().workers()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 2, 2", "3, 3, 2", "7, 3, 2"})
  void quorums_follow_the_number_of_workers(int workers, int copies, int quorum) {
    RingConfig ring = load("{}", NONE, Map.of("supervisor.workers", "" + workers)).ring();
    assertThat(ring.members()).hasSize(workers);
    assertThat(ring.replicationFactor()).isEqualTo(copies);
    assertThat(List.of(ring.writeQuorum(), ring.readQuorum())).containsOnly(quorum);
  }

  @Test
  void a_worker_takes_its_ports_from_the_members() {
    String file =
        "{\"members\":[{\"id\":0},{\"id\":7,\"host\":\"10.0.0.7\",\"httpPort\":81,\"grpcPort\":82}]}";
    NodeConfig config = load(file, NONE, Map.of("role", "worker", "id", "7"));
    assertThat(config.http().port()).isEqualTo(81);
    assertThat(config.grpc().port()).isEqualTo(82);
    assertThat(config.ring().members().get(0)).isEqualTo(new Member(0, "127.0.0.1", 5001, 6001));
    assertThat(config.membership().seeds()).contains("10.0.0.7:5708");
    assertThat(config.supervisor().workers()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void every_setting_can_be_a_flag_and_a_variable(Setting setting) {
    String text = String.valueOf(value(ConfigDocument.of(load("{}", NONE, NONE)), setting));
    NodeConfig byFlag = load("{}", NONE, Map.of(setting.key(), text));
    NodeConfig byVariable = load("{}", Map.of(setting.variable(), text), NONE);
    NodeConfig bySquashed =
        load("{}", Map.of("RONDO_" + setting.name().replace("_", ""), text), NONE);
    assertThat(byFlag).isEqualTo(byVariable).isEqualTo(bySquashed);
  }

  @Test
  void lists_can_be_written_as_text() {
    NodeConfig config =
        load(
            "{}",
            Map.of("RONDO_MEMBERSHIP_SEEDS", "a:1,b:2"),
            Map.of("supervisor.javaOptions", "-Xmx1g -Xlog:gc*,safepoint"));
    assertThat(config.membership().seeds()).containsExactly("a:1", "b:2");
    assertThat(config.supervisor().javaOptions()).containsExactly("-Xmx1g", "-Xlog:gc*,safepoint");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"http\":{\"prot\":1}}          | unknown setting http.prot = 1 in FILE; did you mean http.port?",
        "{\"http\":{\"valueBytesMax\":1}} | unknown setting http.valueBytesMax = 1 in FILE; did you mean limits.valueBytesMax?",
        "{\"colour\":\"deep\\nred\"}   | unknown setting colour = 'deep red' in FILE; allowed: role, id, cluster, host, data, http.…, limits.…, grpc.…, ",
        "{\"htpp\":{\"port\":1}}        | unknown setting htpp = {\"port\":1} in FILE; did you mean http?",
        "{\"grpc\":{\"deadline\":null}} | unknown setting grpc.deadline = null in FILE; allowed: grpc.port, grpc.queueMax",
        "{\"http.port\":1}                | unknown setting http.port = 1 in FILE; allowed: {\"http\": {\"port\": …}}",
        "{\"http\":5}                     | http is 5, allowed: an object with settings",
        "{\"http\":null}                  | http is null, allowed: an object with settings",
        "{\"http\":{\"port\":\"5001\"}}   | http.port is '5001', allowed: a whole number",
        "{\"http\":{\"port\":5.0}}        | http.port is 5.0, allowed: a whole number",
        "{\"http\":{\"port\":null}}       | http.port is null, allowed: a whole number",
        "{\"http\":{\"port\":true}}       | http.port is true, allowed: a whole number",
        "{\"http\":{\"port\":99999}}      | http.port is 99999, allowed: 0 to 65535",
        "{\"http\":{\"port\":99999999999}} | http.port is 99999999999, allowed: a whole number",
        "{\"hints\":{\"bytesMax\":99999999999999999999}} | hints.bytesMax is 99999999999999999999, allowed: a whole number",
        "{\"role\":\"boss\"}              | role is 'boss', allowed: controller or worker",
        "{\"role\":1}                     | role is 1, allowed: controller or worker",
        "{\"storage\":{\"durability\":\"maybe\"}} | storage.durability is 'maybe', allowed: sync or interval",
        "{\"id\":-1}                      | id is -1, allowed: 0 to 9999",
        "{\"host\":\"0.0.0.0\"}           | host is '0.0.0.0', allowed: an address of this machine under which the other nodes find it",
        "{\"data\":\"\"}                  | data is '', allowed: a folder",
        "{\"ring\":{\"replicationFactor\":5}} | ring.replicationFactor is 5, allowed: 1 to 4",
        "{\"ring\":{\"writeQuorum\":4}}   | ring.writeQuorum is 4, allowed: 1 to 3",
        "{\"ring\":{\"readQuorum\":0}}    | ring.readQuorum is 0, allowed: 1 to 3",
        "{\"supervisor\":{\"workers\":65}} | supervisor.workers is 65, allowed: 0 to 64",
        "{\"timeouts\":{\"storeMillis\":9000}} | timeouts.replicaMillis is 2500, allowed: 9001 to 600000",
        "{\"membership\":{\"seeds\":\"a\"}} | membership.seeds is 'a', allowed: a list of host:port, as text separated by commas",
        "{\"membership\":{\"seeds\":[\"a\"]}} | membership.seeds is 'a', allowed: host:port",
        "{\"membership\":{\"port\":5000}} | membership.port is 5000, allowed: another one than http.port",
        "{\"grpc\":{\"port\":5000}}         | grpc.port is 5000, allowed: another one than http.port",
        "{\"http\":{\"port\":5001}}         | members[0].httpPort is 5001, allowed: another one than http.port",
        "{\"grpc\":{\"port\":5002}}         | members[1].httpPort is 5002, allowed: another one than grpc.port",
        "{\"membership\":{\"port\":6002}}   | members[1].grpcPort is 6002, allowed: another one than membership.port",
        "{\"membership\":{\"port\":5002}}   | members[1].httpPort is 5002, allowed: another one than membership.port",
        "{\"membership\":{\"port\":4999}}   | membership.port of Worker 0 is 5000, allowed: another one than http.port",
        "{\"membership\":{\"port\":65535}}  | membership.port is 65535, allowed: 1 to 65531",
        "{\"members\":[{\"id\":0},{\"id\":1,\"httpPort\":5001}]} | members[1].httpPort is 5001, allowed: another one than members[0].httpPort",
        "{\"members\":[{\"id\":0,\"grpcPort\":5001}]} | members[0].grpcPort is 5001, allowed: another one than members[0].httpPort",
        "{\"members\":[{\"id\":0,\"host\":\"A\"},{\"id\":1,\"host\":\"a\",\"grpcPort\":6001}]} | members[1].grpcPort is 6001, allowed: another one than members[0].grpcPort",
        "{\"role\":\"worker\",\"membership\":{\"port\":6003}} | members[2].grpcPort is 6003, allowed: another one than membership.port",
        "{\"role\":\"worker\",\"id\":9,\"http\":{\"port\":5001}} | members[0].httpPort is 5001, allowed: another one than http.port",
        "{\"host\":\"::1\"}                | host is '::1', allowed: a name, or an address of IPv4",
        "{\"members\":[{\"id\":0,\"host\":\"[::1]\"}]} | members[0].host is '[::1]', allowed: a name, or an address of IPv4",
        "{\"role\":\"worker\",\"controller\":{\"host\":\"fe80::1\"}} | controller.host is 'fe80::1', allowed: a name, or an address of IPv4",
        "{\"http\":{\"corsOrigin\":\"*\"}}   | http.corsOrigin is '*', allowed: one origin as browsers send it, http://host:port in small letters, or nothing",
        "{\"http\":{\"corsOrigin\":\"http://a/\"}} | http.corsOrigin is 'http://a/', allowed: one origin as browsers send it, http://host:port in small letters, or nothing",
        "{\"http\":{\"corsOrigin\":\"a:5000\"}} | http.corsOrigin is 'a:5000', allowed: one origin as browsers send it, http://host:port in small letters, or nothing",
        "{\"http\":{\"corsOrigin\":\"http://A\"}} | http.corsOrigin is 'http://A', allowed: one origin as browsers send it, http://host:port in small letters, or nothing",
        "{\"members\":[]}                 | members is [], allowed: at least one member",
        "{\"members\":[1]}                | members[0] is 1, allowed: an object with id, host, httpPort and grpcPort",
        "{\"members\":[{\"id\":0},{\"id\":0}]} | members[1].id is 0, allowed: each id once",
        "{\"members\":[{\"id\":0,\"httpProt\":1}]} | unknown setting members[0].httpProt = 1; did you mean httpPort?",
        "{\"members\":[{\"id\":0,\"rack\":[1]}]} | unknown setting members[0].rack = [1]; allowed: id, host, httpPort, grpcPort",
        "{\"members\":[{\"httpPort\":1}]} | members[0].id is null, allowed: a whole number",
        "{\"members\":[{\"id\":1}],\"supervisor\":{\"workers\":1}} | supervisor.workers is 1, allowed: ids that are listed in members; 0 is not",
        "{\"http\":{\"port\":0}} | http.port is 0, allowed: 1 to 65535, for the workers that it supervises have to know it",
        "{\"grpc\":{\"port\":0}} | grpc.port is 0, allowed: 1 to 65535, for the workers that it supervises have to know it",
        "{\"role\":\"worker\",\"http\":{\"port\":0}} | http.port is 0, allowed: 5001, where members has Worker 0",
        "{\"role\":\"worker\",\"grpc\":{\"port\":0}} | grpc.port is 0, allowed: 6001, where members has Worker 0",
        "{\"members\":[{\"id\":0},{\"id\":1,\"host\":\"192.0.2.1\"}],\"supervisor\":{\"workers\":2}} | supervisor.workers is 2, allowed: workers of this machine; members has Worker 1 at 192.0.2.1",
        "{\"role\":\"worker\",\"http\":{\"port\":9}} | http.port is 9, allowed: 5001, where members has Worker 0",
        "[1]                              | cannot read FILE as a JSON object:",
        "null                             | cannot read FILE as a JSON object:",
        "{\"id\":1} {\"id\":2}             | cannot read FILE as a JSON object:",
        "{\"http\":                       | cannot read FILE as a JSON object:",
        "nonsense                         | cannot read FILE as a JSON object:",
      })
  void what_is_wrong_in_the_file_is_named(String file, String message) {
    String expected = message.replace("FILE", folder.resolve("node.json").toString());
    assertThat(refusal(file, NONE, NONE)).startsWith(expected).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"http\":\"x\"}              | http is x, allowed: an object with settings",
        "{\"http\":{\"port\":\"abc\"}} | http.port is 'abc', allowed: a whole number",
      })
  void what_is_wrong_in_the_file_is_named_though_something_else_wins(String file, String message) {
    assertThat(refusal(file, NONE, Map.of("http.port", "5000"))).isEqualTo(message);
    assertThat(refusal(file, Map.of("RONDO_HTTP_PORT", "5000"), NONE)).isEqualTo(message);
  }

  @Test
  void the_file_may_have_comments() {
    String file = "{ // which worker\n \"role\": \"worker\", /* the second */ \"id\": 1 }";
    assertThat(load(file, NONE, NONE).id()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":1,\"id\":2}", "{\"http\":{\"port\":1,\"port\":2}}"})
  void a_key_that_the_file_has_twice_is_refused(String file) {
    assertThat(refusal(file, NONE, NONE))
        .startsWith("cannot read " + folder.resolve("node.json") + " as a JSON object: Duplicate")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RONDO_HTTP_PROT | 1   | unknown variable RONDO_HTTP_PROT = '1'; did you mean RONDO_HTTP_PORT?",
        "RONDO_HTTP_VALUE_BYTES_MAX | 1 | unknown variable RONDO_HTTP_VALUE_BYTES_MAX = '1'; did you mean RONDO_LIMITS_VALUE_BYTES_MAX?",
        "RONDO_COLOUR    | 1   | unknown variable RONDO_COLOUR = '1'; allowed: RONDO_ROLE, RONDO_ID, RONDO_CLUSTER, RONDO_HOST, RONDO_DATA, RONDO_HTTP_…, ",
        "RONDO_GRPC_DEADLINE | ''  | unknown variable RONDO_GRPC_DEADLINE = ''; allowed: RONDO_GRPC_PORT, RONDO_GRPC_QUEUE_MAX",
        "RONDO_HTTP_PORT | abc | http.port is 'abc', allowed: a whole number",
        "RONDO_HTTP_PORT | ''  | http.port is '', allowed: a whole number",
        "RONDO_MEMBERS   | 0   | members is '0', allowed: a list of",
      })
  void what_is_wrong_in_the_environment_is_named(String name, String value, String message) {
    assertThat(refusal("{}", Map.of(name, value), NONE)).startsWith(message).hasLineCount(1);
  }

  @Test
  void variables_of_the_start_script_and_the_log_are_no_settings() {
    Map<String, String> variables = Map.of("RONDO_JAVA_OPTS", "-Xmx1g", "RONDO_LOG_LEVEL", "DEBUG");
    assertThat(load("{}", variables, NONE)).isEqualTo(load("{}", NONE, NONE));
  }

  @Test
  void every_variable_that_the_scripts_name_may_be_set() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> scripts = Files.walk(Path.of("webroot", "e2e"))) {
      Stream<Path> others = Stream.of(Path.of("run.sh"), Path.of("webroot/playwright.config.ts"));
      for (Path script : Stream.concat(scripts.filter(Files::isRegularFile), others).toList()) {
        Pattern.compile("RONDO_[A-Z0-9_]+")
            .matcher(Files.readString(script, StandardCharsets.ISO_8859_1))
            .results()
            .forEach(name -> named.add(name.group()));
      }
    }
    assertThat(named).contains("RONDO_CHROMIUM", "RONDO_E2E_KEYS");
    assertThatCode(() -> named.forEach(name -> Spelling.ofEnvironment(Map.of(name, "1"))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"members\":[{\"id\":0,\"host\":\"a\"},{\"id\":1,\"host\":\"b\",\"httpPort\":5001}]}",
        "{\"http\":{\"port\":0},\"grpc\":{\"port\":0},\"supervisor\":{\"workers\":0}}",
        "{\"role\":\"worker\",\"id\":9,\"http\":{\"port\":0},\"grpc\":{\"port\":0}}",
        "{\"members\":[{\"id\":0,\"host\":\"127.0.0.2\"},{\"id\":1,\"host\":\"192.0.2.1\"}],\"supervisor\":{\"workers\":1}}",
        "{\"role\":\"worker\",\"http\":{\"port\":5001},\"grpc\":{\"port\":6001}}",
        "{\"http\":{\"corsOrigin\":\"\"}}",
        "{\"http\":{\"corsOrigin\":\"https://store.example\"}}",
        "{\"http\":{\"corsOrigin\":\"http://[::1]:5000\"}}",
        "{\"host\":\"Node-1\"}"
      })
  void what_is_possible_is_not_refused(String file) {
    assertThat(load(file, NONE, NONE)).isNotNull();
  }

  @Test
  void an_unknown_flag_is_named() {
    assertThat(refusal("{}", NONE, Map.of("ring.vnode", "1")))
        .isEqualTo("unknown setting ring.vnode = '1'; did you mean ring.vnodes?");
    assertThat(refusal("{}", NONE, Map.of("redeploy", "1")))
        .isEqualTo(
            "unknown setting redeploy = '1'; allowed: redeploy.jarDirectory,"
                + " redeploy.readySeconds, redeploy.drainSeconds");
  }

  @Test
  void of_a_long_value_only_the_beginning_is_said() {
    assertThat(refusal("{}", NONE, Map.of("ring.vnode", "9".repeat(5000))))
        .startsWith("unknown setting ring.vnode = '999")
        .hasSizeLessThan(150);
  }

  @Test
  void a_file_that_was_asked_for_must_exist() {
    Path missing = folder.resolve("missing.json");
    assertThatThrownBy(() -> load(new ConfigLoader.Sources(missing, true, NONE, NONE)))
        .hasRootCauseMessage("conf is '" + missing + "', allowed: a file that exists");
    assertThat(load(new ConfigLoader.Sources(missing, false, NONE, NONE)).id()).isZero();
  }

  @Test
  void a_written_configuration_yields_itself() {
    Map<String, String> flags =
        Map.of("supervisor.workers", "3", "storage.durability", "interval", "cluster", "other");
    NodeConfig config = load("{}", NONE, flags);
    assertThat(load(ConfigDocument.of(config).encode(), NONE, NONE)).isEqualTo(config);
  }

  @Test
  void a_supervised_worker_has_the_settings_of_its_controller_at_its_own_ports() {
    NodeConfig controller =
        load("{}", NONE, Map.of("membership.port", "7000", "ring.vnodes", "5", "data", "x"));
    NodeConfig worker = SupervisedWorker.of(controller, 2, 8);
    assertThat(worker.title()).isEqualTo("WORKER 2");
    assertThat(worker.http().port()).isEqualTo(5003);
    assertThat(worker.http().instances()).isEqualTo(2);
    assertThat(worker.membership().port()).isEqualTo(7003);
    assertThat(worker.membership().seeds()).contains("127.0.0.1:7000", "127.0.0.1:7001");
    assertThat(worker.ring()).isEqualTo(controller.ring());
    assertThat(worker.data()).isEqualTo(Path.of("x").toAbsolutePath());
    assertThat(load(ConfigDocument.of(worker).encode(), NONE, NONE)).isEqualTo(worker);
  }

  @Test
  void a_supervised_worker_attends_its_own_controller() {
    NodeConfig controller = load("{}", NONE, Map.of("grpc.port", "7600", "host", "127.0.0.2"));
    assertThat(SupervisedWorker.of(controller, 1, 8).controller())
        .isEqualTo(new ControllerConfig("127.0.0.2", 7600));
  }

  @Test
  void a_worker_looks_for_all_of_its_controller_at_one_host() {
    NodeConfig worker =
        load(
            "{}", NONE, Map.of("role", "worker", "host", "127.0.0.3", "controller.host", "Node-1"));
    assertThat(worker.controller()).isEqualTo(new ControllerConfig("Node-1", 6000));
    assertThat(worker.http().corsOrigin()).isEqualTo("http://node-1:5000");
    assertThat(worker.membership().seeds())
        .contains("Node-1:5700")
        .doesNotContain("127.0.0.3:5700");
  }

  @Test
  void a_worker_looks_for_its_controller_beside_itself() {
    NodeConfig worker = load("{}", NONE, Map.of("role", "worker", "host", "127.0.0.3"));
    assertThat(worker.controller()).isEqualTo(new ControllerConfig("127.0.0.3", 6000));
    assertThat(refusal("{\"role\":\"worker\"}", NONE, Map.of("controller.grpcPort", "70000")))
        .isEqualTo("controller.grpcPort is 70000, allowed: 0 to 65535");
  }

  private static Object value(JsonObject json, Setting setting) {
    Object value = json;
    for (String part : setting.key().split("\\.", -1)) {
      value = ((JsonObject) value).getValue(part);
    }
    return value;
  }

  private String refusal(String file, Map<String, String> variables, Map<String, String> flags) {
    try {
      return "accepted: " + load(file, variables, flags);
    } catch (CompletionException e) {
      assertThat(e.getCause()).isInstanceOf(ConfigException.class);
      return e.getCause().getMessage();
    }
  }

  private NodeConfig load(String file, Map<String, String> variables, Map<String, String> flags) {
    try {
      Path path = Files.writeString(folder.resolve("node.json"), file);
      return load(new ConfigLoader.Sources(path, true, variables, flags));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static NodeConfig load(ConfigLoader.Sources sources) {
    return new ConfigLoader(vertx)
        .load(sources)
        .timeout(Duration.ofSeconds(10).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }
}
