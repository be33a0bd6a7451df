package dev.rondo.controller.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.http.RawClient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {

  private static TestController controller;

  @BeforeAll
  static void start() {
    controller = new TestController();
    await().until(() -> controller.get("/cluster").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    controller.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html"})
  void the_page_is_asked_for_anew_each_time(String path) {
    HttpResponse<String> page = controller.get(path);
    assertThat(page.body()).contains("<title>Test</title>");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
  }

  @Test
  void a_snapshot_names_the_build_of_the_page_that_is_served() {
    JsonObject served = TestController.json(controller.get("/cluster")).getJsonObject("controller");
    assertThat(served.getString("build")).isEqualTo("5e2f77a01b");
    assertThat(PageBuild.of(Optional.empty())).isNull();
    assertThat(PageBuild.of(Optional.of(Buffer.buffer("<title>Test</title>")))).isNull();
  }

  @Test
  void the_page_may_talk_to_this_server_and_the_workers_only() {
    HttpResponse<String> page = controller.get("/");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self';")
        .endsWith(
            "connect-src 'self' ws://127.0.0.1:%d http://127.0.0.1:5001 http://127.0.0.1:5002"
                .formatted(controller.port()));
    assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @ParameterizedTest
  @CsvSource({"gzip, gzip", "'br;q=1, gzip', br", "'gzip, br', br", "'br;q=0, gzip', gzip"})
  void hashed_files_are_kept_forever_and_sent_compressed(String accepted, String encoding) {
    HttpResponse<String> file =
        controller.send(
            controller.request("/assets/app-1a2b.js").header("Accept-Encoding", accepted));
    assertThat(file.headers().firstValue("Content-Encoding")).hasValue(encoding);
    assertThat(file.headers().firstValue("Content-Type"))
        .hasValue("text/javascript; charset=utf-8");
    assertThat(file.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    assertThat(file.headers().firstValue("Vary").orElseThrow())
        .isEqualToIgnoringCase("accept-encoding");
  }

  @Test
  void who_accepts_no_compression_gets_the_plain_file() {
    HttpResponse<String> file = controller.get("/assets/app-1a2b.js");
    assertThat(file.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(file.body()).isEqualTo("console.log(1)\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/assets",
        "/assets/",
        "/../cluster-update.json",
        "/assets/../../ring-vectors.json",
        "/%2e%2e/cluster-update.json",
        "/assets/..%2f..%2fcluster-update.json",
        "//etc/passwd",
        "/assets/%00",
        "/.git/config",
        "/assets/app-1a2b.js/",
        "/webroot-test/index.html"
      })
  void nothing_but_the_dashboards_files_is_served(String path) {
    try (RawClient raw = controller.connect()) {
      raw.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(raw.receive().status()).isIn(400, 404);
    }
  }
}
