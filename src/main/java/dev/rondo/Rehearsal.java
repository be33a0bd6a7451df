package dev.rondo;

import dev.rondo.config.ConfigLoader;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.PlainVertx;
import dev.rondo.controller.HeadStart;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Starts two workers in this process, lets them serve a few requests, and ends: so that java, with
 * {@code -XX:ArchiveClassesAtExit}, sees which classes a worker needs. With that archive a worker
 * starts in half the processor time.
 */
@Command(name = "rehearse", hidden = true, description = "Uses every class of a worker once.")
final class Rehearsal implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);
  private static final int WORKERS = 2;
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(8);

  @Parameters(paramLabel = "FOLDER", description = "for the data of these workers, deleted after")
  private Path data = Path.of("data", "rehearsal");

  @Override
  public Integer call() throws IOException {
    delete(data);
    Vertx vertx = Vertx.vertx(PlainVertx.options());
    List<Node> nodes = new ArrayList<>();
    try {
      for (NodeConfig config : configs(vertx)) {
        start(config, nodes);
        requests(vertx.createHttpClient(), config);
      }
      return 0;
    } finally {
      nodes.forEach(node -> node.stop(STOPS_WITHIN));
      vertx.close().await();
      delete(data);
    }
  }

  /** Among Hazelcast's members, too: it is most of what a worker loads. */
  private static void start(NodeConfig config, List<Node> nodes) {
    List<Future<Void>> joined = new ArrayList<>();
    nodes.add(
        0,
        Node.start(
            config,
            ground -> {
              joined.add(ground.membership().joined());
              return Parts.of(ground, HeadStart.none());
            }));
    Future.all(joined).timeout(30, TimeUnit.SECONDS).await();
  }

  private List<NodeConfig> configs(Vertx vertx) throws IOException {
    List<Integer> ports = freePorts(3 * WORKERS + 1);
    String member = "{\"id\":%d,\"httpPort\":%d,\"grpcPort\":%d}";
    String members =
        "["
            + member.formatted(0, ports.get(0), ports.get(1))
            + ","
            + member.formatted(1, ports.get(2), ports.get(3))
            + "]";
    List<NodeConfig> configs = new ArrayList<>();
    for (int id = 0; id < WORKERS; id++) {
      Map<String, String> flags =
          Map.of(
              "role",
              "worker",
              "id",
              String.valueOf(id),
              "cluster",
              "rehearsal-" + ProcessHandle.current().pid(),
              "data",
              data.toString(),
              "members",
              members,
              "membership.port",
              String.valueOf(ports.get(2 * WORKERS + id)),
              "membership.seeds",
              "127.0.0.1:" + ports.get(2 * WORKERS),
              // Nobody is there; at the usual port there might be somebody's controller.
              "controller.grpcPort",
              String.valueOf(ports.get(3 * WORKERS)),
              "http.instances",
              "1");
      var sources = new ConfigLoader.Sources(Path.of(""), false, Map.of(), flags);
      configs.add(new ConfigLoader(vertx).load(sources).await());
    }
    return configs;
  }

  /** What they answer does not matter. */
  private static void requests(HttpClient client, NodeConfig config) {
    for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.GET, HttpMethod.DELETE)) {
      request(client, config, method, "/kv/rehearsal");
    }
    for (String path : List.of("/health/ready", "/node", "/kv", "/ring/keys/rehearsal")) {
      request(client, config, HttpMethod.GET, path);
    }
  }

  private static void request(
      HttpClient client, NodeConfig config, HttpMethod method, String path) {
    Future<Buffer> answer =
        client
            .request(method, config.http().port(), config.host(), path)
            .compose(
                request ->
                    method.equals(HttpMethod.PUT)
                        ? request.send(Buffer.buffer("x"))
                        : request.send())
            .compose(response -> response.body())
            .timeout(10, TimeUnit.SECONDS);
    try {
      log.debug("Rehearsed method={} path={} bytes={}", method, path, answer.await().length());
    } catch (RuntimeException e) {
      log.debug("Rehearsed method={} path={}", method, path, e);
    }
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServerSocket socket = new ServerSocket(0);
      sockets.add(socket);
      ports.add(socket.getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(path);
      }
    }
  }
}
