package dev.rondo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.config.ConfigLoader;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.PlainVertx;
import dev.rondo.controller.HeadStart;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The meters that the documents name are those of a worker that runs. */
class MeterNamesTest {

  @TempDir Path data;

  @Test
  void every_meter_in_the_documents_exists() throws IOException {
    Set<String> named = named();
    assertThat(named).isNotEmpty();
    List<PrometheusMeterRegistry> registry = new ArrayList<>();
    Node worker =
        Node.start(
            config(),
            ground -> {
              registry.add(ground.meters());
              return Parts.of(ground, HeadStart.none());
            });
    try {
      await().untilAsserted(() -> assertThat(missing(named, registry.get(0).scrape())).isEmpty());
    } finally {
      worker.stop(Duration.ofSeconds(10));
    }
  }

  /** {@code rondo_storage_scrub_*} stands for all that begin so. */
  private static List<String> missing(Set<String> named, String scrape) {
    Set<String> families =
        Pattern.compile("(?m)^# TYPE (rondo_\\w+) ")
            .matcher(scrape)
            .results()
            .map(line -> line.group(1))
            .collect(Collectors.toSet());
    return named.stream()
        .filter(
            name ->
                name.endsWith("*")
                    ? families.stream()
                        .noneMatch(one -> one.startsWith(name.substring(0, name.length() - 1)))
                    : !families.contains(name))
        .toList();
  }

  private static Set<String> named() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> pages = Files.walk(Path.of("src/site/markdown"))) {
      Stream<Path> all = Stream.concat(pages, Stream.of(Path.of("README.md")));
      for (Path page : all.filter(file -> file.toString().endsWith(".md")).toList()) {
        Pattern.compile("\\brondo_[a-z0-9_]+\\*?")
            .matcher(Files.readString(page))
            .results()
            .forEach(name -> named.add(name.group()));
      }
    }
    return named;
  }

  /** A peer that is not there has its meters too. */
  private NodeConfig config() throws IOException {
    List<Integer> ports = freePorts(6);
    String members =
        "[{\"id\":0,\"httpPort\":%d,\"grpcPort\":%d},{\"id\":1,\"httpPort\":%d,\"grpcPort\":%d}]"
            .formatted(ports.get(0), ports.get(1), ports.get(2), ports.get(3));
    Map<String, String> flags =
        Map.of(
            "role",
            "worker",
            "cluster",
            "meters-" + ProcessHandle.current().pid(),
            "data",
            data.toString(),
            "members",
            members,
            "membership.port",
            String.valueOf(ports.get(4)),
            "membership.seeds",
            "127.0.0.1:" + ports.get(5),
            "controller.grpcPort",
            "0",
            "http.instances",
            "1");
    Vertx vertx = Vertx.vertx(PlainVertx.options());
    try {
      var sources = new ConfigLoader.Sources(Path.of("none.json"), false, Map.of(), flags);
      return new ConfigLoader(vertx).load(sources).await();
    } finally {
      vertx.close().await();
    }
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
