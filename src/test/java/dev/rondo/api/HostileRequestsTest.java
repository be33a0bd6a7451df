package dev.rondo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.http.RawClient;
import dev.rondo.http.RawClient.Answer;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the right refusal comes within a second, and the server serves on. */
class HostileRequestsTest {
  private static final String HOST = " HTTP/1.1\r\nHost: rondo\r\n";
  private static final String END = HOST + "\r\n";
  private static final String PUT = "PUT /kv/k" + HOST;
  private static final String CHUNKED = PUT + "Transfer-Encoding: chunked\r\n\r\n";
  private static Server server;

  @BeforeAll
  static void start() {
    server = new Server();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        refused("empty key", "GET /kv/" + END, 400, "malformed_key"),
        refused("empty key with a query", "GET /kv/?r=1" + END, 400, "malformed_key"),
        refused("key of 1025 bytes", "GET /kv/" + "k".repeat(1025) + END, 400, "key_too_long"),
        refused(
            "key of 1025 escaped bytes",
            "GET /kv/" + "%6b".repeat(1025) + END,
            400,
            "key_too_long"),
        refused("bare percent", "GET /kv/a%" + END, 400, "malformed_key"),
        refused("half an escape", "GET /kv/a%4" + END, 400, "malformed_key"),
        refused("not hexadecimal", "GET /kv/%zz" + END, 400, "malformed_key"),
        refused("signed hexadecimal", "GET /kv/%+1" + END, 400, "malformed_key"),
        refused("lone continuation byte", "GET /kv/%80" + END, 400, "malformed_key"),
        refused("cut off sequence", "GET /kv/%e2%82" + END, 400, "malformed_key"),
        refused("overlong slash", "GET /kv/%c0%af" + END, 400, "malformed_key"),
        refused("overlong nul", "GET /kv/%e0%80%80" + END, 400, "malformed_key"),
        refused("surrogate", "GET /kv/%ed%a0%80" + END, 400, "malformed_key"),
        refused("beyond Unicode", "GET /kv/%f4%90%80%80" + END, 400, "malformed_key"),
        refused("never a byte of UTF-8", "GET /kv/%ff" + END, 400, "malformed_key"),
        refused("raw Latin-1", "GET /kv/\u00fc" + END, 400, "malformed_key"),
        refused("fragment", "GET /kv/a#b" + END, 400, "malformed_key"),
        refused("raw control character", "GET /kv/a\u0001b" + END, 400, null),
        refused("raw nul", "GET /kv/a\u0000b" + END, 400, null));
  }

  static Stream<Arguments> parameters() {
    return Stream.of(
        refused("w=0", "PUT /kv/k?w=0" + END, 422, "impossible_parameter"),
        refused("w=-1", "PUT /kv/k?w=-1" + END, 422, "impossible_parameter"),
        refused("huge w", "PUT /kv/k?w=99999999999999999999" + END, 422, "impossible_parameter"),
        refused("w=abc", "PUT /kv/k?w=abc" + END, 400, "malformed_parameter"),
        refused("w=1.5", "DELETE /kv/k?w=1.5" + END, 400, "malformed_parameter"),
        refused("w without a value", "PUT /kv/k?w" + END, 400, "malformed_parameter"),
        refused("w twice", "PUT /kv/k?w=1&w=2" + END, 400, "malformed_parameter"),
        refused("r=0", "GET /kv/k?r=0" + END, 422, "impossible_parameter"),
        refused("timeout=-1", "GET /kv/k?timeout=-1" + END, 422, "impossible_parameter"),
        refused("timeout=0", "GET /kv/k?timeout=0" + END, 422, "impossible_parameter"),
        refused("long timeout", "GET /kv/k?timeout=600001" + END, 422, "impossible_parameter"),
        refused("vague sloppy", "PUT /kv/k?sloppy=maybe" + END, 400, "malformed_parameter"),
        refused("r of a write", "PUT /kv/k?r=1" + END, 400, "unknown_parameter"),
        refused("w of a read", "GET /kv/k?w=1" + END, 400, "unknown_parameter"),
        refused("misspelt", "PUT /kv/k?slopy=false" + END, 400, "unknown_parameter"),
        refused("malformed name", "PUT /kv/k?%ff=1" + END, 400, "malformed_parameter"),
        refused("parameter of a view", "GET /ring?r=1" + END, 400, "unknown_parameter"),
        refused("limit=0", "GET /node/keys?limit=0" + END, 422, "impossible_parameter"),
        refused("limit=1001", "GET /node/keys?limit=1001" + END, 422, "impossible_parameter"),
        refused("foreign cursor", "GET /node/keys?cursor=!" + END, 400, "malformed_parameter"),
        refused("malformed prefix", "GET /node/keys?prefix=%ff" + END, 400, "malformed_parameter"),
        refused("many parameters", "GET /kv/k?" + "&x=1".repeat(1500) + END, 400, null));
  }

  static Stream<Arguments> methods() {
    return Stream.of(
        refused("POST", "POST /kv/k" + END, 405, "method_not_allowed"),
        refused("PATCH", "PATCH /kv/k" + END, 405, "method_not_allowed"),
        refused("TRACE", "TRACE /kv/k" + END, 405, "method_not_allowed"),
        refused("an unknown method", "FETCH /kv/k" + END, 405, "method_not_allowed"),
        refused("PUT of a view", "PUT /ring" + END, 405, "method_not_allowed"),
        refused("DELETE of a view", "DELETE /ring/keys/a" + END, 405, "method_not_allowed"),
        refused("POST to health", "POST /health/ready" + END, 405, "method_not_allowed"),
        refused("unknown path", "GET /nothing" + END, 404, "not_found"),
        refused("two slashes before kv", "GET //kv/k" + END, 404, "not_found"),
        refused("path that cannot be decoded", "GET /%zz" + END, 400, "malformed_request"),
        refused("no path", "GET k" + END, 400, "malformed_request"),
        refused("star", "GET *" + END, 400, "malformed_request"),
        refused("address without a host", "GET http:///kv/k" + END, 400, "malformed_request"),
        refused("CONNECT", "CONNECT host:80" + END, 400, "malformed_request"));
  }

  static Stream<Arguments> framing() {
    return Stream.of(
        refused("length and encoding", length("5", "Transfer-Encoding: chunked\r\n"), 400, null),
        refused("two encodings", encoding("chunked\r\nTransfer-Encoding: gzip"), 501, null),
        refused("encoded twice", encoding("chunked\r\nTransfer-Encoding: chunked"), 501, null),
        refused("unknown encoding", PUT + "Transfer-Encoding: gzip\r\n\r\n", 501, null),
        refused("encoding behind chunked", encoding("chunked, gzip"), 501, null),
        refused("encoding before chunked", encoding("gzip, chunked"), 501, null),
        refused("two lengths", length("5", "Content-Length: 6\r\n"), 400, null),
        refused("negative length", length("-5", ""), 400, null),
        refused("length in letters", length("five", ""), 400, null),
        refused("length with a plus", length("+5", ""), 400, null),
        refused("endless length", length("99999999999999999999", ""), 400, null),
        refused("too large by length", length("200001", ""), 413, "value_too_large"),
        refused("chunk size in letters", CHUNKED + "xyz\r\nabc\r\n", 400, "malformed_body"),
        refused("negative chunk size", CHUNKED + "-5\r\nabcde\r\n", 400, "malformed_body"),
        refused("endless chunk size", CHUNKED + "fffffffffffffffff\r\n", 400, "malformed_body"),
        refused("chunk without an end", CHUNKED + "3\r\nabcdefgh\r\n0\r\n\r\n", 400, null),
        refused("chunks of a DELETE", garbled("DELETE /kv/k"), 400, "malformed_body"),
        refused("chunks of what is refused", garbled("POST /ring/keys/k"), 405, null),
        refused("chunks of what is not there", garbled("PUT /nothing"), 404, "not_found"),
        refused("no host", "GET /kv/k HTTP/1.1\r\n\r\n", 400, "malformed_request"),
        refused("two hosts", "GET /kv/k" + HOST + "Host: b\r\n\r\n", 400, "malformed_request"),
        refused(
            "host with a space",
            "GET /kv/k HTTP/1.1\r\nHost: a b\r\n\r\n",
            400,
            "malformed_request"),
        refused(
            "host with a space, of a view",
            "GET /ring HTTP/1.1\r\nHost: a b\r\n\r\n",
            400,
            "malformed_request"),
        refused(
            "host with a space, in 1.0",
            "GET /ring HTTP/1.0\r\nHost: a b\r\n\r\n",
            400,
            "malformed_request"),
        refused(
            "port in letters", "GET /kv/k HTTP/1.1\r\nHost: a:b\r\n\r\n", 400, "malformed_request"),
        refused("header without a colon", "GET /kv/k" + HOST + "Nonsense\r\n\r\n", 400, null),
        refused("header without a name", "GET /kv/k" + HOST + ": x\r\n\r\n", 400, null),
        refused("space in a header's name", "GET /kv/k" + HOST + "A b: c\r\n\r\n", 400, null),
        refused("nul in a header", "GET /kv/k" + HOST + "A: b\u0000c\r\n\r\n", 400, null),
        refused("version 9.9", version("9.9"), 505, "unknown_version"),
        refused("version 2.0 in words", version("2.0"), 505, "unknown_version"),
        refused("version 0.9", version("0.9"), 505, "unknown_version"),
        refused("version in letters", version("x.y"), 400, "malformed_request"),
        refused("not HTTP", "hello, is it me\r\n\r\n", 400, null),
        refused("long line", "GET /kv/" + "k".repeat(9000) + END, 414, "uri_too_long"),
        refused("header flood", flood(8000, "A: b\r\n"), 431, "headers_too_large"),
        refused("huge header", flood(1, "A: " + "b".repeat(200_000) + "\r\n"), 431, null),
        refused(
            "two expectations",
            PUT + "Expect: 100-continue\r\nExpect: cake\r\n\r\n",
            417,
            "expectation_failed"),
        refused("strange expectation", PUT + "Expect: cake\r\n\r\n", 417, "expectation_failed"));
  }

  static Stream<Arguments> headers() {
    return Stream.of(
        refused("long media type", put("Content-Type: " + "t".repeat(256)), 400, null),
        refused("two media types", put("Content-Type: a/b\r\nContent-Type: c/d"), 400, null),
        refused("media type in Latin-1", put("Content-Type: t\u00e9xt/plain"), 400, null),
        refused("unquoted tag", put("If-Match: abc"), 400, "malformed_header"),
        refused("half a tag", put("If-Match: \"abc"), 400, "malformed_header"),
        refused("empty condition", put("If-Match: "), 400, "malformed_header"),
        refused("nothing but commas", put("If-Match: , ,"), 400, "malformed_header"),
        refused("long gap", put("If-Match: \"a\"" + " ".repeat(16_000) + "x"), 400, null),
        refused("tags without a comma", put("If-Match: \"a\" \"b\""), 400, "malformed_header"),
        refused("contradiction", put("If-Match: *\r\nIf-None-Match: *"), 400, "malformed_header"),
        refused("tags in If-None-Match", put("If-None-Match: \"a\""), 400, "malformed_header"),
        refused("foreign page", put("Origin: http://evil.example"), 403, "foreign_origin"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"keys", "parameters", "methods", "framing", "headers"})
  void is_refused_for_what_it_is(String name, String request, int status, String code) {
    server.stubs.reset();
    try (RawClient client = server.connect()) {
      Answer answer = client.send(request).receive();
      assertThat(answer.status()).as(answer.body().toUtf8()).isEqualTo(status);
      assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
      assertThat(answer.json().fieldNames()).contains("type", "title", "status", "detail", "code");
      assertThat(answer.json().getInteger("status")).isEqualTo(status);
      if (code != null) {
        assertThat(answer.json().getString("code")).isEqualTo(code);
      }
    }
    assertThat(server.stubs.writes).isEmpty();
    assertThat(server.stubs.reads).isEmpty();
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void a_later_version_of_the_same_kind_is_read_as_the_one_that_is_known() {
    server.stubs.reset();
    try (RawClient client = server.connect()) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.send(version("1.2")).receive().status()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/kv/k", "/ring", "/node"})
  void a_host_that_is_none_is_named(String path) {
    try (RawClient client = server.connect()) {
      client.send("GET " + path + " HTTP/1.1\r\nHost: a b\r\n\r\n");
      assertThat(client.receive().json().getString("detail")).startsWith("Host is no name");
    }
    try (RawClient client = server.connect()) {
      client.send("GET /health/live HTTP/1.0\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(200);
    }
  }

  @Test
  void what_the_server_as_a_whole_can_do_may_be_asked() {
    try (RawClient client = server.connect()) {
      Answer answer = client.send("OPTIONS *" + END).receive();
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("Allow")).contains("GET", "PUT", "DELETE");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /kv/k", "GET /ring", "GET /nothing", "GET /%zz", "not HTTP"})
  void every_answer_says_when_it_was_made(String line) {
    try (RawClient client = server.connect()) {
      String date = client.send(line + END).receive().header("Date");
      Instant made = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      assertThat(made).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
      assertThat(date).hasSize("Sun, 06 Nov 1994 08:49:37 GMT".length());
    }
  }

  @Test
  void nothing_behind_an_unknown_version_is_served() {
    server.stubs.reset();
    try (RawClient client = server.connect()) {
      client.send("GET /health/live" + END + version("9.9") + version("1.1"));
      assertThat(client.receive().status()).isEqualTo(200);
      assertThat(client.receive().status()).isEqualTo(505);
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(server.stubs.writes).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kept")
  void what_looks_like_a_path_stays_a_key(String raw, String key) throws Exception {
    server.stubs.reset();
    try (RawClient client = server.connect()) {
      assertThat(client.send("GET /kv/" + raw + END).receive().status()).isEqualTo(404);
    }
    assertThat(server.stubs.reads.take().key()).hasToString(key);
    try (RawClient client = server.connect()) {
      assertThat(client.send("GET /ring/keys/" + raw + END).receive().status()).isEqualTo(200);
    }
    assertThat(server.stubs.located.take().key()).hasToString(key);
  }

  static List<Arguments> kept() {
    return List.of(
        Arguments.of("a//b", "a//b"),
        Arguments.of("/", "/"),
        Arguments.of("//", "//"),
        Arguments.of("..", ".."),
        Arguments.of(".", "."),
        Arguments.of("a/../b", "a/../b"),
        Arguments.of("a/./b/", "a/./b/"),
        Arguments.of("../../etc/passwd", "../../etc/passwd"),
        Arguments.of("%2F", "/"),
        Arguments.of("%2e%2E/", "../"),
        Arguments.of("a%2fb", "a/b"),
        Arguments.of("a%252Fb", "a%2Fb"),
        Arguments.of("a+b", "a+b"),
        Arguments.of("a%20b", "a b"),
        Arguments.of("%00", "\u0000"),
        Arguments.of("a%0d%0ab", "a\r\nb"),
        Arguments.of("a%3Fb%23c?", "a?b#c"),
        Arguments.of("a;b=c&d", "a;b=c&d"),
        Arguments.of("\"<>\\^`{|}", "\"<>\\^`{|}"),
        Arguments.of("%F0%9F%98%80", "\uD83D\uDE00"),
        Arguments.of("\u00c3\u00bc", "\u00fc"),
        Arguments.of("%EF%BF%BD", "\uFFFD"),
        Arguments.of("k".repeat(1024), "k".repeat(1024)),
        Arguments.of("%6B".repeat(1024), "k".repeat(1024)));
  }

  private static String version(String version) {
    return "PUT /kv/k HTTP/" + version + "\r\nHost: rondo\r\nContent-Length: 1\r\n\r\nv";
  }

  private static String garbled(String target) {
    return target + HOST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n";
  }

  private static String encoding(String encoding) {
    return PUT + "Transfer-Encoding: " + encoding + "\r\n\r\n";
  }

  private static String length(String length, String more) {
    return PUT + "Content-Length: " + length + "\r\n" + more + "\r\n";
  }

  private static String flood(int times, String header) {
    return "GET /kv/k" + HOST + header.repeat(times) + "\r\n";
  }

  private static String put(String headers) {
    return PUT + headers + "\r\nContent-Length: 0\r\n\r\n";
  }

  private static Arguments refused(String name, String request, int status, String code) {
    return Arguments.of(name, request, status, code);
  }
}
